package dev.fovea.quantize;

import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.quantize.search.TriedQuantization;
import java.util.List;

/**
 * Everything that was found out on the way to a smaller network.
 *
 * @param precision that the network was brought to, as {@link Precision} writes it
 * @param images that ranges were learned from
 * @param setting the one that was taken, in words
 * @param tried what was tried, best first
 * @param layers every layer with weights, in the graph's order
 * @param originalBytes the size of the original's file
 * @param quantizedBytes the size of the smaller one
 * @param speedUp of one image at a time on one thread
 * @param judgement on held-out images
 */
public record QuantizationReport(
        String precision,
        int images,
        String setting,
        List<TriedQuantization> tried,
        List<LayerReport> layers,
        long originalBytes,
        long quantizedBytes,
        SpeedUp speedUp,
        AcceptanceResult judgement) {

    public QuantizationReport {
        tried = List.copyOf(tried);
        layers = List.copyOf(layers);
    }

    /** Layers that run in integers. */
    public long integerLayers() {
        return layers.stream().filter(LayerReport::integer).count();
    }
}
