package dev.fovea.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an anomaly detector is usable: defects score above good images by more than chance, and held-out good images
 * do not contradict the stated false-alarm rate. Pure.
 *
 * @param figures that it rests on
 * @param clearsFloor whether both hold; without images of defects the second alone
 * @param sentences readable sentences, by importance
 */
public record AnomalyVerdict(AnomalyFigures figures, boolean clearsFloor, List<String> sentences)
        implements EvaluationVerdict {

    private static final double CHANCE = 0.5;

    public AnomalyVerdict {
        sentences = List.copyOf(sentences);
    }

    /** The verdict of figures. */
    public static AnomalyVerdict of(AnomalyFigures figures) {
        boolean ranks = figures.defects()
                .map(defects -> defects.imageAuroc().low() > CHANCE)
                .orElse(true);
        List<String> sentences = new ArrayList<>();
        sentences.add(figures.defects().map(AnomalyVerdict::found).orElseGet(() -> unjudged(figures)));
        if (!ranks) {
            sentences.addFirst(
                    "Defects do not score above good images by more than chance: the model is not usable. Use another backbone, or images that show the defects larger.");
        }
        if (!figures.keepsRate()) {
            sentences.addFirst(
                    "%d of %d held-out good images are false alarms (%s), more than the stated %s: they differ from those that were learned from."
                            .formatted(
                                    figures.heldOut().alarms(),
                                    figures.heldOut().images(),
                                    percent(figures.heldOut().rate().value()),
                                    percent(figures.stated())));
        }
        sentences.add(
                "Threshold from %d good images, each scored without having been learned from: false-alarm rate %s, 95 %% interval %s to %s."
                        .formatted(
                                figures.threshold().images(),
                                percent(figures.threshold().rate().value()),
                                percent(figures.threshold().rate().low()),
                                percent(figures.threshold().rate().high())));
        sentences.add("Held-out good images: %d false alarm%s in %d (95 %% interval %s to %s)."
                .formatted(
                        figures.heldOut().alarms(),
                        figures.heldOut().alarms() == 1 ? "" : "s",
                        figures.heldOut().images(),
                        percent(figures.heldOut().rate().low()),
                        percent(figures.heldOut().rate().high())));
        figures.defects().map(AnomalyVerdict::ranking).ifPresent(sentences::add);
        sentences.add(String.format(
                Locale.ROOT,
                "%.1f ms an image on one thread; the backbone alone takes %.1f.",
                figures.cost().detector(),
                figures.cost().backbone()));
        return new AnomalyVerdict(figures, ranks && figures.keepsRate(), sentences);
    }

    private static String found(AnomalyFigures.Defects defects) {
        return "Finds %d of %d images with defects: %s, 95 %% interval %s to %s."
                .formatted(
                        defects.found(),
                        defects.images(),
                        percent(defects.rate().value()),
                        percent(defects.rate().low()),
                        percent(defects.rate().high()));
    }

    private static String unjudged(AnomalyFigures figures) {
        return "Not judged on defects, of which there are no images: %d of %d held-out good images are false alarms."
                .formatted(figures.heldOut().alarms(), figures.heldOut().images());
    }

    private static String ranking(AnomalyFigures.Defects defects) {
        Optional<String> pixels = defects.pixels()
                .map(masked ->
                        String.format(Locale.ROOT, ", pixel AUROC %.3f (%d masks)", masked.auroc(), masked.images()));
        return String.format(
                Locale.ROOT,
                "Image AUROC %.3f, 95 %% interval %.3f to %.3f%s.",
                defects.imageAuroc().value(),
                defects.imageAuroc().low(),
                defects.imageAuroc().high(),
                pixels.orElse(""));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.001 ? "%.2f %%" : "%.1f %%", 100 * share);
    }
}
