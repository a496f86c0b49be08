package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.model.Lineage;
import dev.fovea.registry.ModelVersion;
import java.util.Optional;
import java.util.Set;

/**
 * Which images a version learned from or was chosen by. They are known by the SHA-256 of their files, whatever folder
 * they lie in: a model looks better on them than it is.
 */
public final class LearnedImages {

    private LearnedImages() {}

    /** Content hashes of 64 hexadecimal digits; empty where it is not known, as of a version that was imported. */
    public static Optional<Set<String>> of(ModelVersion version, DatasetStore datasets) {
        return of(version.lineage(), datasets);
    }

    static Optional<Set<String>> of(Lineage lineage, DatasetStore datasets) {
        return datasets.find(lineage.dataset()).map(ProductionComparison::learnedFrom);
    }
}
