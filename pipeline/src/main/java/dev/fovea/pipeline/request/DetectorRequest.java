package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trains a detector from images with boxes. */
public record DetectorRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "A folder of images with boxes, or NAME or NAME@VERSION of a data set for detection; over the API a folder below the server's datasets.roots")
        String data,

        @JsonProperty(required = true) DetectorNetworkRequest network,
        DetectorScheduleRequest schedule,

        @JsonPropertyDescription(
                "Percent of the images for training, validation and test, for a folder without splits. Default: 70/10/20")
        String split,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Whether an INT8 version is tried afterwards. Default: true")
        Optional<Boolean> int8,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public DetectorRequest {
        model = JobRequest.text(model);
        data = JobRequest.text(data);
        network = network == null ? new DetectorNetworkRequest("", "", Optional.empty()) : network;
        schedule = schedule == null ? DetectorScheduleRequest.DEFAULT : schedule;
        split = JobRequest.text(split);
        promote = JobRequest.text(promote);
        int8 = JobRequest.optional(int8);
        note = JobRequest.text(note);
    }

    /** The network to start from. */
    public record DetectorNetworkRequest(
            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "A network with learned weights: NAME or NAME:VERSION of a registered model, or a backbone that was added. A YOLOX keeps all layers but those of its classes; another network gets a detector on its feature maps")
            String from,

            @JsonPropertyDescription(
                    "For a model that was imported without one: JSON file with its preprocessing contract")
            String contract,

            @JsonPropertyDescription(
                    "Edge in pixels of the square that the network sees, a multiple of 32. Default: by the sizes of images and boxes, from 320 to 640")
            Optional<Integer> edge) {

        public DetectorNetworkRequest {
            from = JobRequest.text(from);
            contract = JobRequest.text(contract);
            edge = JobRequest.optional(edge);
        }

        /** As a reference; {@code from} must not be empty. */
        public BackboneReference reference() {
            return new BackboneReference(
                    from, Optional.of(contract).filter(file -> !file.isEmpty()).map(Path::of), Optional.empty());
        }
    }

    /** The training schedule. */
    public record DetectorScheduleRequest(
            @JsonPropertyDescription("Time limit. Default: 30")
            Optional<Double> minutes,

            Optional<Long> seed,

            @JsonPropertyDescription(
                    "The steps of an earlier training to follow, as its version's settings have them. Default: as many as the time limit takes")
            String steps,

            @JsonPropertyDescription(
                    "Whether objects look alike whichever way they lie, as in views from above: images are then turned by quarters and flipped, not only mirrored. Default: false")
            Optional<Boolean> quarterTurns) {
        public static final DetectorScheduleRequest DEFAULT =
                new DetectorScheduleRequest(Optional.empty(), Optional.empty(), "", Optional.empty());

        public DetectorScheduleRequest {
            minutes = JobRequest.optional(minutes);
            seed = JobRequest.optional(seed);
            steps = JobRequest.text(steps);
            quarterTurns = JobRequest.optional(quarterTurns);
        }
    }

    /** The same for other data. */
    public DetectorRequest withData(String other) {
        return new DetectorRequest(model, other, network, schedule, split, promote, int8, note);
    }

    /** The same with another name of the network. */
    public DetectorRequest withFrom(UnaryOperator<String> name) {
        return with(new DetectorNetworkRequest(name.apply(network.from()), network.contract(), network.edge()));
    }

    private DetectorRequest with(DetectorNetworkRequest other) {
        return new DetectorRequest(model, data, other, schedule, split, promote, int8, note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public DetectorRequest withPaths(RequestPaths paths) {
        String from = network.from();
        boolean file = !from.isEmpty() && Backbones.isFile(from);
        return withData(JobRequest.data(paths, "data", data))
                .with(new DetectorNetworkRequest(
                        file ? paths.network("network.from", from) : from,
                        JobRequest.file(paths, "network.contract", network.contract()),
                        network.edge()));
    }
}
