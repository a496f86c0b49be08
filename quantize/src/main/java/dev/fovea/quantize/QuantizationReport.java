package dev.fovea.quantize;

import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.quantize.search.TriedQuantization;
import java.util.List;

/**
 * The report of a quantization.
 *
 * @param precision target precision, as written by {@link Precision}
 * @param images number of calibration images
 * @param setting the chosen setting, readable
 * @param tried tried settings, best first
 * @param layers every layer with weights, in the graph's order
 * @param bytes sizes of both files
 * @param speedUp of one image at a time on one thread
 * @param judgement evaluation on test images
 */
public record QuantizationReport(
        String precision,
        int images,
        String setting,
        List<TriedQuantization> tried,
        List<LayerReport> layers,
        FileSizes bytes,
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
