package dev.fovea.labels.design;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementReport.ConfusedPair;
import java.util.ArrayList;
import java.util.List;

/** What to change in the question, given how people agreed about the first images. Pure. */
public final class PilotAdvice {

    /** With fewer images that two people labelled, the figures say little. */
    static final int MIN_IMAGES = 30;

    /** Share of the images from which a pair of classes is worth a change. */
    private static final double WORTH = 0.05;

    /** Share from which two classes are better one. */
    private static final double MERGE = 0.25;

    private PilotAdvice() {}

    /** Advice, the most important first; empty when nothing should change. */
    public static List<String> of(Dataset dataset, AgreementReport report) {
        List<String> advice = new ArrayList<>();
        if (report.images() < MIN_IMAGES) {
            advice.add(
                    "Let two or more people label the same %d to 50 images before you label the rest: set per_image to 2 or more. So far there are %d."
                            .formatted(MIN_IMAGES, report.images()));
        }
        for (ConfusedPair pair : report.confused()) {
            double share = (double) pair.images() / report.images();
            if (share >= WORTH && pair.images() > 1) {
                advice.add(advice(dataset, pair, share));
            }
        }
        return advice;
    }

    private static String advice(Dataset dataset, ConfusedPair pair, double share) {
        boolean defined = dataset.classes().stream()
                .filter(each -> each.name().equals(pair.first()) || each.name().equals(pair.second()))
                .map(ClassDefinition::definition)
                .noneMatch(String::isEmpty);
        String found = "People confuse \"%s\" and \"%s\" on %d images (%.0f %%). "
                .formatted(pair.first(), pair.second(), pair.images(), 100 * share);
        if (!defined) {
            return found + "Define both, and make the images examples of the right class.";
        }
        return found
                + (share >= MERGE
                        ? "Their definitions do not separate them: merge the two, or split by something that can be seen."
                        : "Say in both definitions where the border is, or add a class for the images in between.");
    }
}
