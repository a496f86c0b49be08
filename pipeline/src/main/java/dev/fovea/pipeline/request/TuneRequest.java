package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Measures how a version runs best on the machine that runs the job, and keeps it. */
public record TuneRequest(
        @JsonProperty(required = true) String model,

        @JsonPropertyDescription("Default: the one in production")
        Optional<Integer> version,

        @JsonPropertyDescription("Milliseconds that 99 of 100 responses should keep. Default: no limit")
        Optional<Double> p99Ms,

        @JsonPropertyDescription("Time limit. Default: 40") Optional<Double> seconds,

        @JsonPropertyDescription(
                "A folder of images like those to come; over the API one below the server's datasets.roots. Default: the golden images")
        String images)
        implements JobRequest {

    public TuneRequest {
        model = JobRequest.text(model);
        version = JobRequest.optional(version);
        p99Ms = JobRequest.optional(p99Ms);
        seconds = JobRequest.optional(seconds);
        images = JobRequest.text(images);
    }

    @Override
    public String subject() {
        return JobRequest.subject(model, version);
    }

    @Override
    public TuneRequest withPaths(RequestPaths paths) {
        return new TuneRequest(model, version, p99Ms, seconds, JobRequest.data(paths, "images", images));
    }
}
