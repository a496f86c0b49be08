package dev.fovea.pipeline.anomaly;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.anomaly.EqualAlarms;
import java.util.List;
import java.util.Locale;

/**
 * A classifier of very unequal classes beside an anomaly detector that learned from the images of the largest class
 * alone, on the same backbone and the same held-out images.
 *
 * @param dominant the largest class, which the detector learned from
 * @param learned images that the detector learned from
 * @param compared the classifier first, the detector second
 * @param seconds of learning and comparing
 */
public record AnomalyAlternative(
        AnomalyContest.DominantClass dominant, int learned, EqualAlarms compared, double seconds) {

    /** What was compared, which of the two finds more, how sure that is, and how to train the detector. */
    public List<String> sentences() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s, so an anomaly detector was learned from %,d images of \"%s\" alone, on the same backbone (%.0f s).",
                        dominant,
                        learned,
                        dominant.label(),
                        seconds),
                "On %d held-out images of \"%s\" and %d of other classes, with at most %d false alarm%s each, the classifier finds %s, the detector %s."
                        .formatted(
                                compared.good(),
                                dominant.label(),
                                compared.defects(),
                                compared.alarms(),
                                compared.alarms() == 1 ? "" : "s",
                                found(compared.first()),
                                found(compared.second())),
                decision());
    }

    private String found(EqualAlarms.DetectionRate detection) {
        return String.format(
                Locale.ROOT,
                "%d (%s; AUROC %.3f, %.3f to %.3f)",
                detection.found(),
                percent(detection.rate()),
                detection.auroc().value(),
                detection.auroc().low(),
                detection.auroc().high());
    }

    private String decision() {
        String difference = String.format(
                Locale.ROOT,
                "%.1f points, 95 %% interval %.1f to %.1f, p = %.3f",
                100 * Math.abs(compared.gain().value()),
                100 * Math.min(side(compared.gain().low()), side(compared.gain().high())),
                100 * Math.max(side(compared.gain().low()), side(compared.gain().high())),
                compared.pValue());
        if (compared.gain().value() == 0) {
            return "Both find as many (95 %% interval of the difference %s points). %s"
                    .formatted(
                            String.format(
                                    Locale.ROOT,
                                    "%.1f to %.1f",
                                    100 * compared.gain().low(),
                                    100 * compared.gain().high()),
                            remedy());
        }
        return "The %s finds more (%s), which is %s. %s"
                .formatted(
                        compared.gain().value() > 0 ? "detector" : "classifier",
                        difference,
                        compared.isShown()
                                ? "shown"
                                : "not shown by so few images: add images of the other classes to the test images",
                        remedy());
    }

    /** A bound of the difference, from the view of the one that finds more. */
    private double side(double bound) {
        return compared.gain().value() > 0 ? bound : -bound;
    }

    private String remedy() {
        return "To train the detector: put the images of \"%s\" into a folder named good, all others into folders beside it, and add --anomaly to the command."
                .formatted(dominant.label());
    }

    private static String percent(Interval rate) {
        return String.format(
                Locale.ROOT, "%.1f %%, %.1f to %.1f", 100 * rate.value(), 100 * rate.low(), 100 * rate.high());
    }
}
