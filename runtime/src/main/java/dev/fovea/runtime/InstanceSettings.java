package dev.fovea.runtime;

import dev.fovea.runtime.batching.BatchSettings;

/**
 * How a model is laid out over the machine's cores.
 *
 * @param threads that work on one run
 * @param instances the maximum count of concurrent runs
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

    /** One thread per run and a run per core, which costs the least CPU time per image. */
    public static InstanceSettings forThisMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new InstanceSettings(1, Math.min(cores, BatchSettings.MAX_INSTANCES), BatchSettings.DEFAULT.maxBatch());
    }

    @Override
    public String toString() {
        return "%d × %d thread%s, batches up to %d".formatted(instances, threads, threads == 1 ? "" : "s", maxBatch);
    }
}
