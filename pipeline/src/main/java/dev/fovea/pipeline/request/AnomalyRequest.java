package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trains a model that tells anomalous images from good ones, from good images alone. */
public record AnomalyRequest(
        @JsonProperty(required = true) String model,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "A folder with good images in good/ or directly in it, and images of defects in other folders, to judge with; over the API one below the server's datasets.roots")
        String data,

        @JsonProperty(required = true) AnomalyNetworkRequest network,

        @JsonPropertyDescription("Share of good images that may score above the threshold. Default: 0.01")
        Optional<Double> falseAlarms,

        @JsonPropertyDescription("Whether good images that look anomalous themselves are learned from. Default: false")
        Optional<Boolean> keepUnusual,

        @JsonPropertyDescription("Of the random choice of channels. Default: 0")
        Optional<Long> seed,

        @JsonPropertyDescription("always, if-better or never. Default: if-better for a first version, else never")
        String promote,

        @JsonPropertyDescription("Kept with the version") String note)
        implements JobRequest {

    private static final double DEFAULT_FALSE_ALARMS = 0.01;

    public AnomalyRequest {
        model = JobRequest.text(model);
        data = JobRequest.text(data);
        network = network == null ? new AnomalyNetworkRequest("", "", "") : network;
        falseAlarms = JobRequest.optional(falseAlarms);
        keepUnusual = JobRequest.optional(keepUnusual);
        seed = JobRequest.optional(seed);
        promote = JobRequest.text(promote);
        note = JobRequest.text(note);
    }

    /** The network whose middle layers are compared. */
    public record AnomalyNetworkRequest(
            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "A network with learned weights: NAME or NAME:VERSION of a registered model, or a name of the catalogue")
            String from,

            @JsonPropertyDescription(
                    "For a model that was imported without one: JSON file with its preprocessing contract")
            String contract,

            @JsonPropertyDescription(
                    "padim compares each place with the same place of the good images, patchcore with all places. Default: padim")
            String method) {

        public AnomalyNetworkRequest {
            from = JobRequest.text(from);
            contract = JobRequest.text(contract);
            method = JobRequest.text(method);
        }

        /** As a reference; {@code from} must not be empty. */
        public BackboneReference reference() {
            return new BackboneReference(
                    from, Optional.of(contract).filter(file -> !file.isEmpty()).map(Path::of), Optional.empty());
        }
    }

    /** The stated share, or the default. */
    public double rate() {
        return falseAlarms.orElse(DEFAULT_FALSE_ALARMS);
    }

    /** The same for other data. */
    public AnomalyRequest withData(String other) {
        return new AnomalyRequest(model, other, network, falseAlarms, keepUnusual, seed, promote, note);
    }

    /** The same with another name of the network. */
    public AnomalyRequest withFrom(UnaryOperator<String> name) {
        return with(new AnomalyNetworkRequest(name.apply(network.from()), network.contract(), network.method()));
    }

    private AnomalyRequest with(AnomalyNetworkRequest other) {
        return new AnomalyRequest(model, data, other, falseAlarms, keepUnusual, seed, promote, note);
    }

    @Override
    public String subject() {
        return model;
    }

    @Override
    public AnomalyRequest withPaths(RequestPaths paths) {
        String from = network.from();
        boolean file = !from.isEmpty() && Backbones.isFile(from);
        return withData(JobRequest.data(paths, "data", data))
                .with(new AnomalyNetworkRequest(
                        file ? paths.network("network.from", from) : from,
                        JobRequest.file(paths, "network.contract", network.contract()),
                        network.method()));
    }
}
