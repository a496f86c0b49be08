package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Quantizes a version. The result is registered as a candidate if its loss is within the margin. */
public record QuantizeRequest(
        @JsonProperty(required = true) String model,

        @JsonPropertyDescription("Default: the one in production")
        Optional<Integer> version,

        @JsonPropertyDescription(JobRequest.DATA + ". Default: the training data of the version")
        String data,

        @JsonPropertyDescription("int8, int8-weights or fp16. Default: int8")
        String precision,

        @JsonPropertyDescription("Points of accuracy that may be lost. Default: 0.5")
        Optional<Double> margin,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public QuantizeRequest {
        model = JobRequest.text(model);
        version = JobRequest.optional(version);
        data = JobRequest.text(data);
        precision = JobRequest.text(precision);
        margin = JobRequest.optional(margin);
        note = JobRequest.text(note);
    }

    /** The same for one version. */
    public QuantizeRequest withVersion(int number) {
        return new QuantizeRequest(model, Optional.of(number), data, precision, margin, note);
    }

    @Override
    public String subject() {
        return JobRequest.subject(model, version);
    }

    @Override
    public QuantizeRequest withPaths(RequestPaths paths) {
        return new QuantizeRequest(model, version, JobRequest.data(paths, "data", data), precision, margin, note);
    }
}
