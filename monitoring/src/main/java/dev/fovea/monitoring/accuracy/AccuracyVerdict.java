package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report in words. Pure. */
final class AccuracyVerdict {

    private AccuracyVerdict() {}

    static String of(
            AccuracyReport.JudgedWindow window,
            Optional<Integer> heldOut,
            Optional<EstimatedAccuracy> estimated,
            Optional<KnownAccuracy> known,
            Optional<ErrorRateChange> errorRate) {
        List<String> sentences = new ArrayList<>();
        if (window.predictions() == 0) {
            return "Nothing is known: the prediction log has no predictions of this version in this time.";
        }
        known.ifPresent(found -> sentences.add(known(found)));
        estimated.ifPresentOrElse(
                found -> sentences.add(estimated(found, known.isPresent())),
                () -> sentences.add(missing(window, heldOut)));
        known.flatMap(found -> found.sample().caution()).ifPresent(sentences::add);
        errorRate
                .filter(found -> found.state() == ErrorRateChange.State.RISEN)
                .ifPresent(found -> sentences.add(
                        "Errors have risen: %d of %d labelled predictions were wrong, against %s in the evaluation."
                                .formatted(
                                        found.wrong(),
                                        found.labels(),
                                        percent(found.evaluated().value()))));
        return String.join(" ", sentences);
    }

    private static String known(KnownAccuracy known) {
        return "Accuracy %s with %,d label%s."
                .formatted(
                        interval(known.accuracy()),
                        known.sample().labels(),
                        known.sample().labels() == 1 ? "" : "s");
    }

    private static String estimated(EstimatedAccuracy estimated, boolean further) {
        String figure = "%s without labels: %s."
                .formatted(further ? "Estimated" : "Estimated accuracy", interval(estimated.accuracy()));
        return switch (estimated.trust().level()) {
            case TRUSTED -> figure;
            case UNKNOWN -> figure + " " + estimated.trust().reason();
            case NOT_TRUSTED ->
                figure + " Do not trust that estimate. " + estimated.trust().reason();
        };
    }

    private static String missing(AccuracyReport.JudgedWindow window, Optional<Integer> heldOut) {
        int images = heldOut.orElse(0);
        return images < UnlabelledAccuracy.MIN_REFERENCE
                ? "There is no estimate without labels: it needs %d held-out images with labels, and the version has %d. Evaluate it on more."
                        .formatted(UnlabelledAccuracy.MIN_REFERENCE, images)
                : "There is no estimate without labels yet: it needs %d predictions, and there are %d."
                        .formatted(UnlabelledAccuracy.MIN_LIVE, window.predictions());
    }

    /** As {@code 91 % (89 to 93)}. */
    static String interval(Interval interval) {
        return "%s (%s to %s)".formatted(percent(interval.value()), number(interval.low()), number(interval.high()));
    }

    static String percent(double share) {
        return number(share) + " %";
    }

    private static String number(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100);
    }
}
