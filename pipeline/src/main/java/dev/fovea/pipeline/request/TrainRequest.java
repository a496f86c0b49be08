package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/** Trains a classifier. */
public record TrainRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true)
        @JsonPropertyDescription("A folder of labelled images; over the API one below the server's datasets.roots")
        String data,

        TrainNetworkRequest network,
        TrainScheduleRequest schedule,

        @JsonPropertyDescription(
                "Percent of the images for training, validation and test, for a folder without splits. Default: 70/10/20")
        String split,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Whether an INT8 version is tried afterwards. Default: true")
        Optional<Boolean> int8,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public TrainRequest {
        model = JobRequest.text(model);
        data = JobRequest.text(data);
        network = network == null ? TrainNetworkRequest.DEFAULT : network;
        schedule = schedule == null ? TrainScheduleRequest.DEFAULT : schedule;
        split = JobRequest.text(split);
        promote = JobRequest.text(promote);
        int8 = JobRequest.optional(int8);
        note = JobRequest.text(note);
    }

    /** The new network. */
    public record TrainNetworkRequest(
            @JsonPropertyDescription("residual or mobile") String family,

            @JsonPropertyDescription("small, medium or large")
            String size,

            @JsonPropertyDescription("Edge in pixels of the square that the network sees")
            Optional<Integer> edge) {
        public static final TrainNetworkRequest DEFAULT = new TrainNetworkRequest("", "", Optional.empty());

        public TrainNetworkRequest {
            family = JobRequest.text(family);
            size = JobRequest.text(size);
            edge = JobRequest.optional(edge);
        }
    }

    /** The training schedule. */
    public record TrainScheduleRequest(
            @JsonPropertyDescription("Time limit. Default: 10")
            Optional<Double> minutes,

            @JsonPropertyDescription("Minimum of epochs, whatever the time limit")
            Optional<Integer> minEpochs,

            @JsonPropertyDescription("Passes over the images")
            Optional<Integer> epochs,

            @JsonPropertyDescription("balanced or none. Default: balanced")
            String classWeights,

            Optional<Long> seed,

            @JsonPropertyDescription(
                    "Whether the soft labels of a data set are the target, where it has any. Default: true")
            Optional<Boolean> softLabels) {
        public static final TrainScheduleRequest DEFAULT = new TrainScheduleRequest(
                Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.empty());

        public TrainScheduleRequest {
            minutes = JobRequest.optional(minutes);
            minEpochs = JobRequest.optional(minEpochs);
            epochs = JobRequest.optional(epochs);
            classWeights = JobRequest.text(classWeights);
            seed = JobRequest.optional(seed);
            softLabels = JobRequest.optional(softLabels);
        }
    }

    /** The same for other data. */
    public TrainRequest withData(String other) {
        return new TrainRequest(model, other, network, schedule, split, promote, int8, note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public TrainRequest withPaths(RequestPaths paths) {
        return withData(JobRequest.data(paths, "data", data));
    }
}
