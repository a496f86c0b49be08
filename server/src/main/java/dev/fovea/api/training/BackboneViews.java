package dev.fovea.api.training;

import dev.fovea.pipeline.weights.ListedBackbone;
import dev.fovea.registry.ModelVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** What the API shows of networks that trainings start from; field names become snake_case. */
public final class BackboneViews {

    private BackboneViews() {}

    /** All of them. */
    @Schema(name = "BackboneList")
    public record BackboneList(List<BackboneView> backbones) {}

    /** A network with learned weights. */
    @Schema(name = "Backbone")
    public record BackboneView(
            @Schema(description = "For network.from of a job: a name of the catalogue, or NAME:VERSION of a model")
            String name,

            @Schema(allowableValues = {"backbone", "model"}) String kind,

            @Schema(description = "Whether trainings can start from it; others are added with fovea backbones add")
            boolean available,

            @Schema(description = "What its weights were learned for")
            String task,

            @Schema(description = "Size of the image that it sees, as 224x224; of a model absent")
            Optional<String> input,

            @Schema(description = "Of its weights") long sizeBytes,

            @Schema(description = "Of the weights, as their authors state it; of a model absent")
            Optional<String> licence,

            @Schema(description = "Where the weights are from; of a model what it was trained from")
            String source) {

        static BackboneView of(ListedBackbone backbone) {
            return new BackboneView(
                    backbone.name(),
                    "backbone",
                    backbone.added(),
                    backbone.task(),
                    Optional.of(backbone.input()),
                    backbone.bytes(),
                    Optional.of(backbone.licence()),
                    backbone.source());
        }

        static BackboneView of(ModelVersion version) {
            return new BackboneView(
                    version.id().toString(),
                    "model",
                    true,
                    version.registration().task(),
                    Optional.empty(),
                    version.registration().size().sizeBytes(),
                    Optional.empty(),
                    version.lineage().parent());
        }
    }
}
