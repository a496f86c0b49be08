package dev.fovea.registry;

import dev.fovea.model.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One registered version of a model; it never changes.
 *
 * @param number 1, 2, 3, … per model name
 * @param created when it was registered
 * @param registration what was registered
 */
public record ModelVersion(int number, Instant created, Registration registration) {

    /** The model's name. */
    public String name() {
        return registration.name();
    }

    /** Name and number together. */
    public VersionId id() {
        return new VersionId(name(), number);
    }

    /** Address of its bundle in a {@link BundleStore}. */
    public String bundleId() {
        return registration.bundleId();
    }

    /** In the order of the network's output. */
    public List<String> labels() {
        return registration.labels();
    }

    /** Where it came from. */
    public Lineage lineage() {
        return registration.lineage();
    }

    /** A single figure of its evaluation, where it was measured. */
    public Optional<Double> metric(String metric) {
        return Optional.ofNullable(registration.quality().metrics().get(metric));
    }
}
