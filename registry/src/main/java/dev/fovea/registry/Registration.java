package dev.fovea.registry;

import dev.fovea.model.Lineage;
import java.util.List;
import java.util.Map;

/**
 * What is registered: everything known of a version before it has a number.
 *
 * @param name the model's name; checked by {@link ModelName}
 * @param task what the model does, {@code classification}
 * @param bundleId SHA-256 of the bundle's manifest in hexadecimal, as {@link BundleStore#put} gave it
 * @param labels in the order of the network's output
 * @param note free words of the person who registers; may be empty
 * @param lineage where it came from
 */
public record Registration(
        String name,
        String task,
        String bundleId,
        List<String> labels,
        String note,
        Lineage lineage,
        Quality quality,
        NetworkSize size) {

    /**
     * How good it is.
     *
     * @param metrics single figures by name ({@code accuracy}, {@code accuracy_low}, {@code mean_confidence}, …)
     * @param evaluation the whole evaluation as JSON text; empty when there was none
     */
    public record Quality(Map<String, Double> metrics, String evaluation) {

        public Quality {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * How large its network is.
     *
     * @param sizeBytes of the network's file
     * @param parameters number of weights
     */
    public record NetworkSize(long sizeBytes, long parameters) {}

    public Registration {
        ModelName.require(name);
        labels = List.copyOf(labels);
    }
}
