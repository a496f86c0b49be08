package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.accuracy.HeldOutPrediction;
import dev.fovea.monitoring.accuracy.HeldOutPredictions;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.traffic.reference.Reference;
import java.util.List;
import java.util.Optional;

/**
 * Held-out images of versions: those of the bundle's reference that are labelled, which have measures and embeddings.
 * Where it has none, or is damaged, the images of an evaluation, without either.
 */
public final class VersionHeldOut implements HeldOutPredictions {

    private static final System.Logger LOG = System.getLogger(VersionHeldOut.class.getName());

    private final BundleStore bundles;
    private final EvaluatedHeldOut evaluated;

    public VersionHeldOut(BundleStore bundles, EvaluationStore evaluations) {
        this.bundles = bundles;
        this.evaluated = new EvaluatedHeldOut(evaluations);
    }

    @Override
    public List<HeldOutPrediction> of(ModelVersion version) {
        List<HeldOutPrediction> labelled = reference(version).stream()
                .flatMap(reference -> reference.rows().stream())
                .filter(row -> row.truth().isPresent())
                .map(row -> new HeldOutPrediction(row.output(), row.truth().orElseThrow(), row.observed()))
                .toList();
        return labelled.isEmpty() ? evaluated.of(version) : labelled;
    }

    private Optional<Reference> reference(ModelVersion version) {
        try {
            return Reference.of(bundles.bundle(version.bundleId()));
        } catch (FoveaException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The reference of %s cannot be read; its accuracy is estimated from its evaluation: %s"
                            .formatted(version.id(), e.getMessage()));
            return Optional.empty();
        }
    }
}
