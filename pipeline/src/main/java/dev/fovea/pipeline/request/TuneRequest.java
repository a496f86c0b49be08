package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Finds the best runtime setting of a version on the machine that runs the job, and stores it. */
public record TuneRequest(
        @JsonProperty(required = true) String model,

        @JsonPropertyDescription("Default: the one in production")
        Optional<Integer> version,

        @JsonPropertyDescription("Maximum p99 latency in milliseconds. Default: no limit")
        Optional<Double> p99Ms,

        @JsonPropertyDescription("Time limit. Default: 40") Optional<Double> seconds,

        @JsonPropertyDescription(
                "A folder of images like those in production; over the API one below the server's datasets.roots. Default: the golden images")
        String images)
        implements JobRequest {

    public TuneRequest {
        model = JobRequest.text(model);
        version = JobRequest.optional(version);
        p99Ms = JobRequest.optional(p99Ms);
        seconds = JobRequest.optional(seconds);
        images = JobRequest.text(images);
    }

    /** The same for one version. */
    public TuneRequest withVersion(int number) {
        return new TuneRequest(model, Optional.of(number), p99Ms, seconds, images);
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
