package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Plans a cascade: computes its confidence threshold from labelled images. */
public record CascadeRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true) @JsonPropertyDescription("A registered model, or remote:NAME")
        String larger,

        @JsonProperty(required = true) @JsonPropertyDescription(JobRequest.DATA)
        String data,

        @JsonProperty(required = true) @JsonPropertyDescription("Requested accuracy, as 0.95")
        Optional<Double> accuracy,

        @JsonPropertyDescription("Default: milliseconds as measured, or the service's price")
        Optional<CascadeCostsRequest> costs,

        @JsonPropertyDescription("Whether a service that costs money may be called. Default: false")
        Optional<Boolean> spend,

        @JsonPropertyDescription("Whether the cascade is declared when the accuracy is reached. Default: false")
        Optional<Boolean> apply,

        @JsonPropertyDescription("Kept in the audit trail") String reason)
        implements JobRequest {

    /** Of one prediction. */
    public record CascadeCostsRequest(double small, double large) {}

    public CascadeRequest {
        model = JobRequest.text(model);
        larger = JobRequest.text(larger);
        data = JobRequest.text(data);
        accuracy = JobRequest.optional(accuracy);
        costs = JobRequest.optional(costs);
        spend = JobRequest.optional(spend);
        apply = JobRequest.optional(apply);
        reason = JobRequest.text(reason);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public CascadeRequest withPaths(RequestPaths paths) {
        return new CascadeRequest(
                model, larger, JobRequest.data(paths, "data", data), accuracy, costs, spend, apply, reason);
    }
}
