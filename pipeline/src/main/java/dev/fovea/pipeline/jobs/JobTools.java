package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.pool.Releases;
import java.nio.file.Path;

/**
 * What jobs work with; the application owns all of it.
 *
 * @param registry where versions are numbered
 * @param releases promotes them
 * @param stores where everything is kept
 * @param engine runs networks
 * @param workers decode images
 * @param origin who makes models here
 */
public record JobTools(
        Registry registry, Releases releases, Stores stores, Engine engine, DecodePool workers, Provenance origin) {

    /**
     * Where jobs read and write.
     *
     * @param bundles of versions
     * @param scratch where work is prepared
     * @param engineCache where the training engine keeps its unpacked libraries
     */
    public record Stores(
            BundleStore bundles,
            DatasetStore datasets,
            EvaluationStore evaluations,
            Scratch scratch,
            Path engineCache) {}

    /** Where bundles are kept. */
    public BundleStore bundles() {
        return stores.bundles();
    }

    /** Where data set versions are kept. */
    public DatasetStore datasets() {
        return stores.datasets();
    }

    /** Where evaluations are kept. */
    public EvaluationStore evaluations() {
        return stores.evaluations();
    }

    /** Where work is prepared. */
    public Scratch scratch() {
        return stores.scratch();
    }

    /** Where the training engine keeps its unpacked libraries. */
    public Path engineCache() {
        return stores.engineCache();
    }
}
