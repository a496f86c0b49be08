package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trains one classifier for several tasks: a label per image for each of several label sets. */
public record MultiTaskRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true) @JsonPropertyDescription("Two or more, in the order of the network's outputs")
        List<TaskDataRequest> tasks,

        @JsonProperty(required = true) MultiTaskNetworkRequest network,

        @JsonPropertyDescription("Whether rare classes are favoured: balanced or none. Default: balanced")
        String classWeights,

        @JsonPropertyDescription("Of the folds of cross-validation. Default: 0")
        Optional<Long> seed,

        @JsonPropertyDescription(
                "Percent of the images for training, validation and test, for folders without splits. Default: 70/10/20")
        String split,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    public MultiTaskRequest {
        model = JobRequest.text(model);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        network = network == null ? new MultiTaskNetworkRequest("", "", "") : network;
        classWeights = JobRequest.text(classWeights);
        seed = JobRequest.optional(seed);
        split = JobRequest.text(split);
        promote = JobRequest.text(promote);
        note = JobRequest.text(note);
    }

    /** A task and its images. */
    public record TaskDataRequest(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Small letters, digits, - and _; the answer's field and the network's output")
            String name,

            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "A folder of labelled images, or a data set for classification; over the API a folder below the server's datasets.roots. The same image may be in several tasks")
            String data) {

        public TaskDataRequest {
            name = JobRequest.text(name);
            data = JobRequest.text(data);
        }
    }

    /** The network whose features all tasks share. */
    public record MultiTaskNetworkRequest(
            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "A network with learned weights: NAME or NAME:VERSION of a registered model, or a name of the catalogue")
            String from,

            @JsonPropertyDescription(
                    "For a model that was imported without one: JSON file with its preprocessing contract")
            String contract,

            @JsonPropertyDescription("The tensor that holds the features. Default: the input of the last linear layer")
            String cut) {

        public MultiTaskNetworkRequest {
            from = JobRequest.text(from);
            contract = JobRequest.text(contract);
            cut = JobRequest.text(cut);
        }

        /** As a reference; {@code from} must not be empty. */
        public BackboneReference reference() {
            return new BackboneReference(
                    from,
                    Optional.of(contract).filter(file -> !file.isEmpty()).map(Path::of),
                    Optional.of(cut).filter(tensor -> !tensor.isEmpty()));
        }
    }

    /** The same with other data of each task. */
    public MultiTaskRequest withData(UnaryOperator<String> data) {
        return with(
                tasks.stream()
                        .map(task -> new TaskDataRequest(task.name(), data.apply(task.data())))
                        .toList(),
                network);
    }

    /** The same with another name of the network. */
    public MultiTaskRequest withFrom(UnaryOperator<String> name) {
        return with(tasks, new MultiTaskNetworkRequest(name.apply(network.from()), network.contract(), network.cut()));
    }

    private MultiTaskRequest with(List<TaskDataRequest> others, MultiTaskNetworkRequest other) {
        return new MultiTaskRequest(model, others, other, classWeights, seed, split, promote, note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public MultiTaskRequest withPaths(RequestPaths paths) {
        String from = network.from();
        boolean file = !from.isEmpty() && Backbones.isFile(from);
        MultiTaskRequest moved = withData(data -> JobRequest.data(paths, "tasks.data", data));
        return moved.with(
                moved.tasks(),
                new MultiTaskNetworkRequest(
                        file ? paths.network("network.from", from) : from,
                        JobRequest.file(paths, "network.contract", network.contract()),
                        network.cut()));
    }
}
