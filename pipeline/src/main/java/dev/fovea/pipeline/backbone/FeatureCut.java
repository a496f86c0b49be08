package dev.fovea.pipeline.backbone;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingSource;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.FeatureMap;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import java.util.Optional;

/** Where a network is cut: its features are a value of the graph. */
final class FeatureCut {

    private static final int NAMED = 8;

    private final String name;
    private final OnnxModel model;
    private final GraphIndex graph;

    FeatureCut(String name, OnnxModel model) {
        this.name = name;
        this.model = model;
        this.graph = new GraphIndex(model);
    }

    /**
     * The features: the tensor that is named, else the input of the classifier's last layer, else the deepest feature
     * map.
     *
     * @param postprocessing what the outputs mean, where that is known
     * @throws FoveaException {@code ARGUMENT_INVALID} for a name that no tensor has,
     *     {@code MODEL_SIGNATURE_UNSUPPORTED} where none is found
     */
    EmbeddingTensor of(Optional<String> named, Optional<Postprocessing> postprocessing) {
        if (named.isPresent()) {
            return named(named.get());
        }
        return known(postprocessing)
                .or(this::found)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "No features are found in %s: it has no single linear layer before an output, and no feature map. Name the tensor with --cut, such as %s."
                                .formatted(name, String.join(", ", graph.lastValues(NAMED)))));
    }

    private Optional<EmbeddingTensor> known(Optional<Postprocessing> postprocessing) {
        return postprocessing.flatMap(known -> switch (EmbeddingSource.of(model, known)) {
            case EmbeddingSource.EmbeddingFound(EmbeddingTensor tensor) -> Optional.of(tensor);
            case EmbeddingSource.EmbeddingAbsent _ -> Optional.empty();
        });
    }

    private Optional<EmbeddingTensor> found() {
        return model.outputs().stream()
                .map(TensorSpec::name)
                .flatMap(output -> EmbeddingTensor.find(model, output).stream())
                .findFirst()
                .or(() -> FeatureMap.find(model));
    }

    private EmbeddingTensor named(String tensor) {
        boolean computed = graph.producer(tensor).isPresent()
                && model.inputs().stream().anyMatch(input -> graph.dependsOn(tensor, input.name()));
        if (!computed) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--cut %s names no tensor that %s computes from the image. Its last ones are %s."
                            .formatted(tensor, name, String.join(", ", graph.lastValues(NAMED))));
        }
        return EmbeddingTensor.of(graph, tensor);
    }
}
