package dev.fovea.quantize.calibration;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The largest magnitude of each channel (axis 1) of inner tensors.
 *
 * @param channels by the tensors' names
 */
public record ChannelAbsMax(Map<String, float[]> channels) {

    /** Looks at tensors of a network on some images. */
    public static ChannelAbsMax of(Engine engine, OnnxModel model, Collection<String> tensors, List<Tensor> images) {
        Map<String, float[]> channels = new ConcurrentHashMap<>();
        OnnxModel exposing = Calibrator.exposing(model, tensors);
        try (Session session = engine.load(exposing.bytes(), SessionSettings.forThisMachine())) {
            for (Tensor image : images) {
                session.run(List.of(image)).parallelStream().forEach(tensor -> see(channels, tensor));
            }
        }
        return new ChannelAbsMax(channels);
    }

    private static void see(Map<String, float[]> channels, Tensor tensor) {
        if (tensor.type() != DataType.FP32 || tensor.shape().length < 2 || tensor.elements() == 0) {
            return;
        }
        float[] values = tensor.floats();
        int count = (int) tensor.shape()[1];
        int length = (int) (values.length / (tensor.shape()[0] * count));
        float[] reach = channels.computeIfAbsent(tensor.name(), name -> new float[count]);
        for (int from = 0; from + length <= values.length && reach.length == count; from += length) {
            float max = 0;
            for (int i = from; i < from + length; i++) {
                max = Math.max(max, Math.abs(values[i]));
            }
            int channel = from / length % count;
            reach[channel] = Math.max(reach[channel], max);
        }
    }

    public Optional<float[]> of(String tensor) {
        return Optional.ofNullable(channels.get(tensor));
    }

    /** Over all channels; 0 for a tensor that was not seen. */
    double max(String tensor) {
        float max = 0;
        for (float reach : channels.getOrDefault(tensor, new float[0])) {
            max = Math.max(max, reach);
        }
        return max;
    }
}
