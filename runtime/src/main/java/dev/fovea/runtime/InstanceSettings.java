package dev.fovea.runtime;

/**
 * How a model is laid out over the machine's cores.
 *
 * @param threads that work on one run
 * @param instances the maximum count of concurrent runs, each with its own session
 * @param maxBatch most images in one run
 */
public record InstanceSettings(int threads, int instances, int maxBatch) {

    /** What the settings say. */
    public static InstanceSettings of(RuntimeSettings settings) {
        return new InstanceSettings(
                settings.session().threads(),
                settings.batch().instances(),
                settings.batch().maxBatch());
    }

    @Override
    public String toString() {
        return "%d × %d thread%s, batches up to %d".formatted(instances, threads, threads == 1 ? "" : "s", maxBatch);
    }
}
