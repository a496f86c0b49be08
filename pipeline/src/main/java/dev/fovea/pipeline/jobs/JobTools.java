package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.session.Engine;
import java.nio.file.Path;

/**
 * What long work is done with; everything is owned by whoever put it together.
 *
 * @param registry where versions are numbered
 * @param bundles where they are kept
 * @param datasets where data set versions are kept
 * @param evaluations where evaluations are kept
 * @param journal where work is on record
 * @param scratch where it is prepared
 * @param engineCache where the training engine keeps its unpacked libraries
 * @param engine runs networks
 * @param workers decode images
 * @param origin who makes models here
 */
public record JobTools(
        Registry registry,
        BundleStore bundles,
        DatasetStore datasets,
        EvaluationStore evaluations,
        JobJournal journal,
        Scratch scratch,
        Path engineCache,
        Engine engine,
        DecodePool workers,
        Provenance origin) {}
