package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ConfidenceSequence;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The report in words. Pure.
 *
 * @param window the predictions that were judged
 * @param heldOut images that calibrate
 * @param labels of the judged predictions
 * @param random those of them that count as a random sample
 */
record AccuracyVerdict(AccuracyReport.JudgedWindow window, Optional<Integer> heldOut, int labels, int random) {

    String of(
            Optional<EstimatedAccuracy> estimated, Optional<KnownAccuracy> known, Optional<ErrorRateChange> errorRate) {
        List<String> sentences = new ArrayList<>();
        if (window.predictions() == 0) {
            return "Nothing is known: the prediction log has no predictions of this version in this time.";
        }
        known.ifPresent(found -> sentences.add(known(found)));
        estimated.ifPresentOrElse(
                found -> sentences.add(estimated(found, known.isPresent())), () -> sentences.add(missing()));
        if (known.isEmpty() && labels > 0) {
            sentences.add(few());
        }
        known.flatMap(found -> found.sample().caution()).ifPresent(sentences::add);
        errorRate
                .filter(found -> found.state() != ErrorRateChange.State.NO_LABELS)
                .ifPresent(found -> sentences.add(errors(found)));
        return String.join(" ", sentences);
    }

    private static String errors(ErrorRateChange found) {
        return "%s: %,d of %,d labelled prediction%s wrong, against %s in the evaluation."
                .formatted(
                        found.state() == ErrorRateChange.State.RISEN
                                ? "Errors have risen"
                                : "Errors are not shown to have risen",
                        found.wrong(),
                        found.labels(),
                        found.labels() == 1 ? " was" : "s were",
                        percent(found.evaluated().value()));
    }

    private String few() {
        String there = labels == 1 ? "There is 1 label" : "There are %,d labels".formatted(labels);
        String count = labels == random
                ? ""
                : "; %,d of them count as a random sample, and those of a plan up to its first draw without a label"
                        .formatted(random);
        return "%s of these predictions%s. Labels tell accuracy from %d on."
                .formatted(there, count, ConfidenceSequence.FIRST);
    }

    private static String known(KnownAccuracy known) {
        return "Accuracy %s with %,d label%s."
                .formatted(
                        interval(known.accuracy()),
                        known.sample().labels(),
                        known.sample().labels() == 1 ? "" : "s");
    }

    private static String estimated(EstimatedAccuracy estimated, boolean further) {
        String figure = "%s without labels: %s"
                .formatted(further ? "Estimated" : "Estimated accuracy", interval(estimated.accuracy()));
        return switch (estimated.trust().level()) {
            case TRUSTED ->
                figure + ", which is to be trusted. " + estimated.trust().reason();
            case UNKNOWN ->
                figure + "; whether to trust that is not known. "
                        + estimated.trust().reason();
            case NOT_TRUSTED ->
                figure + ". Do not trust that estimate. " + estimated.trust().reason();
        };
    }

    private String missing() {
        int images = heldOut.orElse(0);
        return images < UnlabelledAccuracy.MIN_REFERENCE
                ? "There is no estimate without labels: it needs %d held-out images with labels, and the version has %d. Evaluate it on more."
                        .formatted(UnlabelledAccuracy.MIN_REFERENCE, images)
                : "There is no estimate without labels yet: it needs %d predictions, and there are %d."
                        .formatted(UnlabelledAccuracy.MIN_LIVE, window.predictions());
    }

    /** As {@code 91 % (95 % interval 89 to 93)}. */
    static String interval(Interval interval) {
        return "%s (95 %% interval %s to %s)"
                .formatted(percent(interval.value()), number(interval.low()), number(interval.high()));
    }

    static String percent(double share) {
        return number(share) + " %";
    }

    private static String number(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100);
    }
}
