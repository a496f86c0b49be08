package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Checks a data set for wrong labels, near duplicates, leaks between splits and images that do not belong. */
public record CheckRequest(
        @JsonProperty(required = true) String dataset,

        @JsonPropertyDescription(
                "The classifier that embeds the images. Default: the one in production that tells the most classes apart and did not learn from the data set, else a built-in descriptor. Or the detector that boxes are compared with. Default: the one in production that learned from the fewest of the images and knows the most classes")
        String model,

        @JsonPropertyDescription("Default: the one in production")
        Optional<Integer> version)
        implements JobRequest {

    public CheckRequest {
        dataset = JobRequest.text(dataset);
        model = JobRequest.text(model);
        version = JobRequest.optional(version);
    }

    @Override
    public String subject() {
        return dataset;
    }

    @Override
    public CheckRequest withPaths(RequestPaths paths) {
        return this;
    }
}
