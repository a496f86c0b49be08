package dev.fovea.cli.demo;

import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.ServingApplication;
import dev.fovea.statistics.Interval;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthSource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How right the demo's version is in its traffic: estimated without labels, then with a few. */
final class DemoAccuracy implements AutoCloseable {

    private final AccuracyParts parts;

    DemoAccuracy(ServingApplication application) {
        this.parts = AccuracyParts.of(application);
    }

    /** The report of the traffic of a version between two moments. */
    AccuracyReport report(ModelVersion version, Instant from, Instant to) {
        return parts.accuracy().report(version, new AccuracyWindow(from, to));
    }

    /** Tells what the images of some requests showed, as an inspector would. */
    void label(String model, List<DemoTraffic.Response> responses) {
        Instant now = Instant.now();
        var _ = parts.truths()
                .add(
                        model,
                        responses.stream()
                                .map(response -> new Truth(
                                        response.id(),
                                        new TrueLabels.TrueLabel(
                                                response.truth().label()),
                                        TruthSource.REPORTED,
                                        now))
                                .toList(),
                        false);
    }

    /** The estimate without labels, in words. */
    static String estimated(AccuracyReport report) {
        return report.estimated()
                .map(estimate -> percent(estimate.accuracy())
                        + switch (estimate.trust().level()) {
                            case TRUSTED -> "";
                            case UNKNOWN -> " (not checked)";
                            case NOT_TRUSTED -> " (not to be trusted)";
                        })
                .orElse("unknown");
    }

    /** The accuracy with labels; empty without any. */
    static Optional<Interval> known(AccuracyReport report) {
        return report.known().map(known -> known.accuracy());
    }

    /** An interval in percent. */
    static String percent(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }

    @Override
    public void close() {
        parts.close();
    }
}
