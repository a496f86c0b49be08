package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.Backbones;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the smallest classifier that is good enough, and registers it. */
public record SearchRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true)
        @JsonPropertyDescription("A folder of labelled images; over the API one below the server's datasets.roots")
        String data,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "What is good enough, such as: recall(hole) >= 0.95, macro_f1 >= 0.9, p99 <= 20ms, size <= 10MB")
        String bar,

        @JsonPropertyDescription(
                "Networks with learned weights to start from: names as in network.from of a training. Default: all that the home has")
        List<String> from,

        @JsonPropertyDescription("Time limit of the search. Default: 10")
        Optional<Double> minutes,

        @JsonPropertyDescription("Of samples and folds. Default: 1")
        Optional<Long> seed,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    private static final double DEFAULT_MINUTES = 10;

    public SearchRequest {
        model = JobRequest.text(model);
        data = JobRequest.text(data);
        bar = JobRequest.text(bar);
        from = from == null ? List.of() : from.stream().map(JobRequest::text).toList();
        minutes = JobRequest.optional(minutes);
        seed = JobRequest.optional(seed);
        promote = JobRequest.text(promote);
        note = JobRequest.text(note);
    }

    /** The stated time limit, or the default. */
    public double limit() {
        return minutes.orElse(DEFAULT_MINUTES);
    }

    /** The same for other data. */
    public SearchRequest withData(String other) {
        return new SearchRequest(model, other, bar, from, minutes, seed, promote, note);
    }

    /** The same with other names of the networks to start from. */
    public SearchRequest withFrom(UnaryOperator<String> name) {
        return new SearchRequest(model, data, bar, from.stream().map(name).toList(), minutes, seed, promote, note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public SearchRequest withPaths(RequestPaths paths) {
        return withData(JobRequest.data(paths, "data", data))
                .withFrom(name -> Backbones.isFile(name) ? paths.network("from", name) : name);
    }
}
