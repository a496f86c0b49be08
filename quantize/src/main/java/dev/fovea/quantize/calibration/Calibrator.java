package dev.fovea.quantize.calibration;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.numeric.TensorStatistics;
import dev.fovea.quantize.rules.InputHessian;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a network on calibration images and collects statistics of its inner tensors in constant memory. */
public final class Calibrator {

    private final Engine engine;

    public Calibrator(Engine engine) {
        this.engine = engine;
    }

    /**
     * Looks at tensors of the network.
     *
     * @param wanted names of float values in the graph
     * @param inputs one image's tensor each
     */
    public CalibrationTable look(
            OnnxModel model, Collection<String> wanted, List<Tensor> inputs, QuantizationProgress progress) {
        Set<String> watched = new LinkedHashSet<>(wanted);
        Map<String, TensorStatistics> tensors = new LinkedHashMap<>();
        watched.forEach(name -> tensors.put(name, new TensorStatistics()));
        LayerMoments moments = LayerMoments.of(model, inputs.size());
        try (Session session = engine.load(exposing(model, watched).bytes(), SessionSettings.forThisMachine())) {
            for (int i = 0; i < inputs.size(); i++) {
                Tensor input = inputs.get(i);
                see(tensors, moments, input);
                // each tensor has statistics and layers of its own
                session.run(List.of(input)).parallelStream().forEach(output -> see(tensors, moments, output));
                progress.at("calibration", i + 1, inputs.size());
            }
        }
        tensors.values().removeIf(TensorStatistics::isEmpty);
        return new CalibrationTable(tensors, moments.byLayer(), inputs.size());
    }

    private static void see(Map<String, TensorStatistics> tensors, LayerMoments moments, Tensor tensor) {
        TensorStatistics statistics = tensors.get(tensor.name());
        if (statistics != null && tensor.type() == DataType.FP32) {
            float[] values = tensor.floats();
            statistics.add(values, tensor.shape());
            moments.add(tensor.name(), values, tensor.shape());
        }
    }

    /**
     * The moments of a network's layers.
     *
     * @param byInput of the layers that take a tensor
     */
    private record LayerMoments(Map<String, InputHessian> byLayer, Map<String, List<InputHessian>> byInput) {

        static LayerMoments of(OnnxModel model, int images) {
            GraphIndex graph = new GraphIndex(model);
            LayerMoments all = new LayerMoments(new HashMap<>(), new HashMap<>());
            for (NodeProto node : graph.nodes()) {
                InputHessian.of(node, graph, images).ifPresent(moments -> {
                    all.byLayer().put(Layer.name(node), moments);
                    all.byInput()
                            .computeIfAbsent(node.getInput(0), name -> new ArrayList<>())
                            .add(moments);
                });
            }
            return all;
        }

        void add(String tensor, float[] values, long[] shape) {
            byInput.getOrDefault(tensor, List.of()).forEach(moments -> moments.add(values, shape));
        }
    }

    /** The same network, with inner values among its outputs. */
    static OnnxModel exposing(OnnxModel model, Collection<String> watched) {
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
