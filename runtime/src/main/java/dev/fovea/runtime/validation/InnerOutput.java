package dev.fovea.runtime.validation;

import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TypedOutput;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.Optional;

/**
 * Makes a tensor inside a network its output, with the type and shape that ONNX Runtime infers. So a network is served
 * without an operator that was exported at its end, such as {@code TopK}.
 */
public final class InnerOutput {

    private InnerOutput() {}

    /**
     * The network with the named tensor as its only output, without the operators behind it. Without a name, and with
     * that of an output or of nothing in the graph, it stays as it is.
     *
     * @throws dev.fovea.fault.FoveaException errors of {@link Engine#load(byte[], SessionSettings)}
     */
    public static OnnxModel of(Engine engine, OnnxModel model, Optional<String> name) {
        GraphIndex graph = new GraphIndex(model);
        return name.filter(value -> graph.producer(value).isPresent() && !graph.isOutput(value))
                .map(value -> typed(engine, GraphEdits.withOnlyOutput(model, value)))
                .orElse(model);
    }

    private static OnnxModel typed(Engine engine, OnnxModel model) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            if (session.outputs().isEmpty()) {
                return model; // no tensor, which is refused later
            }
            TensorMetadata output = session.outputs().getFirst();
            return TypedOutput.declare(model, output.name(), element(output.type()), output.shape());
        }
    }

    private static String element(DataType type) {
        return switch (type) {
            case FP32 -> "FLOAT";
            case FP64 -> "DOUBLE";
            case FP16 -> "FLOAT16";
            case BF16 -> "BFLOAT16";
            case UINT8 -> "UINT8";
            case UINT16 -> "UINT16";
            case UINT32 -> "UINT32";
            case UINT64 -> "UINT64";
            case INT8 -> "INT8";
            case INT16 -> "INT16";
            case INT32 -> "INT32";
            case INT64 -> "INT64";
            case BOOL -> "BOOL";
            case BYTES -> "STRING";
        };
    }
}
