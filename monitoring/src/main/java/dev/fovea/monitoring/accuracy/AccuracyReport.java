package dev.fovea.monitoring.accuracy;

import dev.fovea.monitoring.findings.EstimatedPrecision;
import dev.fovea.monitoring.findings.KnownFindings;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.truth.TruthCounts;
import java.time.Instant;
import java.util.Optional;

/**
 * How right a version is in production.
 *
 * @param version the version
 * @param verdict the answer in words
 * @param window the predictions that were judged
 * @param estimated without labels; absent without held-out images or with too few predictions
 * @param known with labels; absent without any
 * @param errorRate against the evaluation; absent without one
 * @param truth what became of the labels of the model
 * @param findings of a detector or multi-label classifier, in place of {@code estimated} and {@code known}
 */
public record AccuracyReport(
        VersionId version,
        String verdict,
        JudgedWindow window,
        Optional<EstimatedAccuracy> estimated,
        Optional<KnownAccuracy> known,
        Optional<ErrorRateChange> errorRate,
        TruthCounts truth,
        Optional<FindingsAccuracy> findings) {

    /**
     * How right a detector or multi-label classifier is in production.
     *
     * @param estimated precision without labels; absent without held-out images or with too few findings
     * @param trust whether to trust that; absent without it
     * @param known with labels; absent without any
     */
    public record FindingsAccuracy(
            Optional<EstimatedPrecision> estimated, Optional<Trust> trust, Optional<KnownFindings> known) {}

    /**
     * The predictions that were judged.
     *
     * @param from the time of the first that counts
     * @param to the time before which they came
     * @param predictions how many there are
     */
    public record JudgedWindow(Instant from, Instant to, int predictions) {}
}
