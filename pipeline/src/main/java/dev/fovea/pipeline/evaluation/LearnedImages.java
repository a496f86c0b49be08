package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.model.Lineage;
import dev.fovea.registry.ModelVersion;
import java.util.Optional;
import java.util.Set;

/** The training and validation images of a version, by the SHA-256 of their files. Results on them are too good. */
public final class LearnedImages {

    private LearnedImages() {}

    /** Content hashes of 64 hexadecimal digits; empty where unknown, as for an imported version. */
    public static Optional<Set<String>> of(ModelVersion version, DatasetStore datasets) {
        return of(version.lineage(), datasets);
    }

    static Optional<Set<String>> of(Lineage lineage, DatasetStore datasets) {
        return datasets.find(lineage.dataset()).map(ProductionComparison::learnedFrom);
    }
}
