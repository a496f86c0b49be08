package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.OnnxModel;
import dev.fovea.runtime.DataType;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Session;
import dev.fovea.runtime.SessionSettings;
import dev.fovea.runtime.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a network on pictures and looks at its inner tensors. What is kept does not grow with the pictures. */
final class Calibrator {

    private final Engine engine;

    Calibrator(Engine engine) {
        this.engine = engine;
    }

    /**
     * Looks at tensors of the network.
     *
     * @param wanted names of float values in the graph
     * @param inputs one picture's tensor each
     */
    CalibrationTable look(OnnxModel model, Collection<String> wanted, List<Tensor> inputs, Progress progress) {
        Set<String> watched = new LinkedHashSet<>(wanted);
        Map<String, TensorStatistics> tensors = new LinkedHashMap<>();
        watched.forEach(name -> tensors.put(name, new TensorStatistics()));
        try (Session session = engine.load(exposing(model, watched).bytes(), SessionSettings.forThisMachine())) {
            for (int i = 0; i < inputs.size(); i++) {
                Tensor input = inputs.get(i);
                see(tensors, input);
                session.run(List.of(input)).forEach(output -> see(tensors, output));
                progress.at("calibration", i + 1, inputs.size());
            }
        }
        tensors.values().removeIf(TensorStatistics::isEmpty);
        return new CalibrationTable(tensors, inputs.size());
    }

    private static void see(Map<String, TensorStatistics> tensors, Tensor tensor) {
        TensorStatistics statistics = tensors.get(tensor.name());
        if (statistics != null && tensor.type() == DataType.FP32) {
            statistics.add(tensor.floats(), tensor.shape());
        }
    }

    /** The same network, with inner values among its outputs. */
    private static OnnxModel exposing(OnnxModel model, Set<String> watched) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        Set<String> known = new LinkedHashSet<>();
        graph.getOutputList().forEach(output -> known.add(output.getName()));
        graph.getInputList().forEach(input -> known.add(input.getName()));
        for (String name : watched) {
            if (known.add(name)) {
                // without a type, as only the runtime knows which of them are floats
                graph.addOutput(ValueInfoProto.newBuilder().setName(name));
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }
}
