package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.pipeline.run.RunSubject;
import dev.fovea.pipeline.run.RunTags;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import dev.fovea.serving.pool.Releases;
import java.nio.file.Path;
import java.util.Map;

/**
 * The components that jobs use; the application owns them.
 *
 * @param registry where versions are numbered
 * @param releases promotes them
 * @param stores storage of bundles, data sets and evaluations
 * @param engine runs networks
 * @param workers decode images
 * @param origin origin of new models
 */
public record JobTools(
        Registry registry, Releases releases, Stores stores, Engine engine, DecodePool workers, Provenance origin) {

    /**
     * Where jobs read and write.
     *
     * @param bundles of versions
     * @param embeddings cache of embeddings
     * @param runs records of trainings
     * @param scratch scratch directories
     * @param engineCache folder for unpacked libraries of the training engine
     * @param local the home's folder on this machine
     */
    public record Stores(
            BundleStore bundles,
            DatasetStore datasets,
            EvaluationStore evaluations,
            EmbeddingStore embeddings,
            RunStore runs,
            Scratch scratch,
            Path engineCache,
            Path local) {}

    /** The store of bundles. */
    public BundleStore bundles() {
        return stores.bundles();
    }

    /** The store of image lists. */
    public DatasetStore datasets() {
        return stores.datasets();
    }

    /** The store of evaluations. */
    public EvaluationStore evaluations() {
        return stores.evaluations();
    }

    /** The cache of embeddings. */
    public EmbeddingStore embeddings() {
        return stores.embeddings();
    }

    /**
     * A run that begins now and is kept on record.
     *
     * @param settings all parameters that determine the result
     */
    public RunRecording recording(RunSubject subject, Map<String, String> settings) {
        return RunRecording.begin(
                stores.runs(),
                subject,
                settings,
                RunTags.of(origin.codeVersion(), engine.version(), origin.machine(), origin.who()));
    }

    /** Scratch directories. */
    public Scratch scratch() {
        return stores.scratch();
    }

    /** Folder for unpacked libraries of the training engine. */
    public Path engineCache() {
        return stores.engineCache();
    }

    /** Folder of the catalogue's backbones, a file {@code NAME.onnx} for each; may be absent. */
    public Path backbones() {
        return stores.local().resolve("backbones");
    }

    /** Folder for states of trainings that were interrupted. */
    public Path trainingStates() {
        return stores.local().resolve("cache").resolve("training");
    }

    /** Folder for features of images. */
    public Path featureCache() {
        return featureCache(stores.local());
    }

    /** The same, of a home's folder. */
    public static Path featureCache(Path local) {
        return local.resolve("cache").resolve("features");
    }
}
