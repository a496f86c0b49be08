package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.ClassAccuracy;
import dev.fovea.monitoring.accuracy.EstimatedAccuracy;
import dev.fovea.monitoring.accuracy.KnownAccuracy;
import dev.fovea.monitoring.accuracy.Trust;
import dev.fovea.monitoring.findings.EstimatedPrecision;
import dev.fovea.monitoring.findings.FindingFigures;
import dev.fovea.monitoring.findings.KnownFindings;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an objective's indicator, of models of all tasks. The accuracy of a detector or multi-label
 * classifier is the share of images in which everything was found and nothing is wrong; it has no estimate.
 *
 * @param known from labels, 0 to 1
 * @param estimated without labels, 0 to 1
 * @param labels number of labelled images
 * @param distrust why the estimate is not to be trusted
 */
record KnownFigures(Optional<Interval> known, Optional<Interval> estimated, int labels, Optional<String> distrust) {

    static KnownFigures of(Objective objective, AccuracyReport report) {
        return report.findings().map(findings -> of(objective, findings)).orElseGet(() -> ofLabels(objective, report));
    }

    private static KnownFigures ofLabels(Objective objective, AccuracyReport report) {
        Optional<KnownAccuracy> known = report.known();
        Optional<EstimatedAccuracy> estimated = report.estimated();
        return new KnownFigures(
                known.flatMap(found -> figure(objective, Optional.of(found.accuracy()), figures(found.classes()))),
                estimated.flatMap(found -> figure(objective, Optional.of(found.accuracy()), figures(found.classes()))),
                known.map(found -> found.sample().labels()).orElse(0),
                distrust(estimated.map(EstimatedAccuracy::trust)));
    }

    private static KnownFigures of(Objective objective, AccuracyReport.FindingsAccuracy findings) {
        Optional<KnownFindings> known = findings.known();
        Optional<EstimatedPrecision> estimated = findings.estimated();
        return new KnownFigures(
                known.flatMap(found -> figure(objective, Optional.of(found.exact()), ofFindings(found.classes()))),
                estimated.flatMap(found -> figure(objective, Optional.empty(), ofFindings(found.classes()))),
                known.map(KnownFindings::images).orElse(0),
                distrust(findings.trust()));
    }

    private static Optional<String> distrust(Optional<Trust> trust) {
        return trust.filter(found -> found.level() == Trust.Level.NOT_TRUSTED).map(Trust::reason);
    }

    /** Precision and recall of a class, of any task. */
    private record ClassFigures(String label, Optional<Interval> precision, Optional<Interval> recall) {}

    private static List<ClassFigures> figures(List<ClassAccuracy> classes) {
        return classes.stream()
                .map(one -> new ClassFigures(one.label(), one.precision(), one.recall()))
                .toList();
    }

    private static List<ClassFigures> ofFindings(List<FindingFigures> classes) {
        return classes.stream()
                .map(one -> new ClassFigures(one.label(), one.precision(), one.recall()))
                .toList();
    }

    private static Optional<Interval> figure(
            Objective objective, Optional<Interval> accuracy, List<ClassFigures> classes) {
        Optional<ClassFigures> own = classes.stream()
                .filter(one -> objective.label().equals(Optional.of(one.label())))
                .findFirst();
        return switch (objective.indicator()) {
            case ACCURACY -> accuracy;
            case PRECISION -> own.flatMap(ClassFigures::precision);
            case RECALL -> own.flatMap(ClassFigures::recall);
            case AVAILABILITY, ERROR_RATE, P95, P99, COST -> throw new IllegalArgumentException(objective.name());
        };
    }
}
