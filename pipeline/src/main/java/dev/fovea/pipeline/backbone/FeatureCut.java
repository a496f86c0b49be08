package dev.fovea.pipeline.backbone;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingSource;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.EmbeddingTensor.Channels;
import dev.fovea.model.graph.FeatureMap;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where a network is cut: its features are a value of the graph. */
final class FeatureCut {

    private static final Set<String> LAST_AXIS = Set.of("Gemm", "MatMul", "LayerNormalization");
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
                                .formatted(name, String.join(", ", last()))));
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
                            .formatted(tensor, name, String.join(", ", last())));
        }
        return new EmbeddingTensor(tensor, channels(tensor));
    }

    /** Transformers have features on the last axis, convolutional networks on the second. */
    private Channels channels(String tensor) {
        boolean last = Stream.concat(graph.consumers(tensor).stream(), graph.producer(tensor).stream())
                .map(NodeProto::getOpType)
                .anyMatch(LAST_AXIS::contains);
        return last ? Channels.LAST : Channels.SECOND;
    }

    private List<String> last() {
        List<String> names = new ArrayList<>();
        List<NodeProto> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0 && names.size() < NAMED; i--) {
            names.add(nodes.get(i).getOutput(0));
        }
        return names;
    }
}
