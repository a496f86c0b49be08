package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Evaluates a version on labelled images. */
public record EvaluateRequest(
        @JsonProperty(required = true) String model,

        @JsonPropertyDescription("Default: the one in production, else the newest")
        Optional<Integer> version,

        @JsonPropertyDescription(JobRequest.DATA + ". Default: the training data of the version")
        String data)
        implements JobRequest {

    public EvaluateRequest {
        model = JobRequest.text(model);
        version = JobRequest.optional(version);
        data = JobRequest.text(data);
    }

    /** The same for one version. */
    public EvaluateRequest withVersion(int number) {
        return new EvaluateRequest(model, Optional.of(number), data);
    }

    @Override
    public String subject() {
        return JobRequest.subject(model, version);
    }

    @Override
    public EvaluateRequest withPaths(RequestPaths paths) {
        return new EvaluateRequest(model, version, JobRequest.data(paths, "data", data));
    }
}
