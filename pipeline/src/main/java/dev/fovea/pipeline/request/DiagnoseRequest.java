package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says why a classifier does not reach a target on some images, and what would help most. */
public record DiagnoseRequest(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "A folder of images with a folder per label, or NAME or NAME@VERSION of a data set for classification; over the API below the server's datasets.roots. Test images stay out")
        String data,

        @JsonPropertyDescription("The network whose features are used")
        DiagnoseNetworkRequest network,

        @JsonPropertyDescription(
                "As accuracy >= 0.9; also balanced_accuracy, macro_f1, and for one class recall(NAME), precision(NAME) or f1(NAME). Default: accuracy >= 0.95")
        String target,

        @JsonPropertyDescription("Of folds and draws. Default: 0")
        Optional<Long> seed)
        implements JobRequest {

    private static final String DEFAULT_TARGET = "accuracy >= 0.95";

    public DiagnoseRequest {
        data = JobRequest.text(data);
        network = network == null ? new DiagnoseNetworkRequest("", "", "") : network;
        target = JobRequest.text(target);
        seed = JobRequest.optional(seed);
    }

    /** The network whose features are used. */
    public record DiagnoseNetworkRequest(
            @JsonPropertyDescription(
                    "NAME or NAME:VERSION of a registered model, or a backbone that was added. Default: the backbone that was added, efficientnet-lite0 of several")
            String from,

            @JsonPropertyDescription(
                    "For a model that was imported without one: JSON file with its preprocessing contract")
            String contract,

            @JsonPropertyDescription("The tensor that holds the features. Default: the input of the last linear layer")
            String cut) {

        public DiagnoseNetworkRequest {
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

    /** The stated target, or the default. */
    public String aim() {
        return target.isEmpty() ? DEFAULT_TARGET : target;
    }

    /** The same for other data. */
    public DiagnoseRequest withData(String other) {
        return new DiagnoseRequest(other, network, target, seed);
    }

    /** The same with another name of the network. */
    public DiagnoseRequest withFrom(UnaryOperator<String> name) {
        return with(new DiagnoseNetworkRequest(name.apply(network.from()), network.contract(), network.cut()));
    }

    private DiagnoseRequest with(DiagnoseNetworkRequest other) {
        return new DiagnoseRequest(data, other, target, seed);
    }

    @Override
    public String subject() {
        return data;
    }

    @Override
    public DiagnoseRequest withPaths(RequestPaths paths) {
        String from = network.from();
        boolean file = !from.isEmpty() && Backbones.isFile(from);
        return withData(JobRequest.data(paths, "data", data))
                .with(new DiagnoseNetworkRequest(
                        file ? paths.network("network.from", from) : from,
                        JobRequest.file(paths, "network.contract", network.contract()),
                        network.cut()));
    }
}
