package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.diagnosis.CurveFigures.CurvePoint;
import dev.fovea.pipeline.diagnosis.CurveFigures.NeededImages;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.learning.NearestNeighborBound;
import dev.fovea.statistics.nearest.NeighborAgreement;
import java.util.List;
import java.util.Optional;

/** What more images would bring, and what they would not. */
final class CurveStudy {

    /** A growth below this is no remedy. */
    private static final double MIN_GAIN = 0.003;

    private CurveStudy() {}

    /** The finding of a curve for a target that is not reached. */
    static DiagnosisFinding of(CurveFigures curve, QualityTarget target, StudiedSet set) {
        double imagesPerClass = (double) set.given().length / set.classes();
        CurvePoint twice = curve.expected().get(0);
        CurvePoint tenfold = curve.expected().get(2);
        CurvePoint last = curve.points().getLast();
        String grown =
                "With %s images of each class %s is %s. The learning curve expects %s with twice the images and %s with ten times."
                        .formatted(
                                FindingText.about(last.imagesPerClass()),
                                target.measure(),
                                FindingText.percent(last.score()),
                                FindingText.percent(twice.score()),
                                FindingText.percent(tenfold.score()));
        if (curve.needed().isEmpty()) {
            return new DiagnosisFinding(
                    FindingCause.FEATURES_LIMIT,
                    Standing.BLOCKS,
                    "More images of this kind do not reach the target: %s".formatted(grown) + bound(set, target),
                    "Let the network learn too (--fit network --minutes M), use a stronger backbone or larger images, or remedy the labels first.",
                    Optional.empty(),
                    List.of());
        }
        NeededImages needed = curve.needed().get();
        return new DiagnosisFinding(
                FindingCause.TOO_FEW_IMAGES,
                twice.score().value() - last.score().value() > MIN_GAIN ? Standing.HELPS : Standing.NOTED,
                grown + " " + needed(needed, imagesPerClass) + bound(set, target),
                needed.expected()
                        .map(each ->
                                "Add images until there are about %s of each class.".formatted(FindingText.about(each)))
                        .orElse("Add images, and diagnose again when there are twice as many."),
                Optional.of(twice.score()),
                List.of());
    }

    private static String needed(NeededImages needed, double imagesPerClass) {
        String least = FindingText.about(Math.max(needed.least(), imagesPerClass));
        String range = needed.most()
                .map(most -> "(%s to %s)".formatted(least, FindingText.about(most)))
                .orElseGet(() -> "(%s or more; the data do not bound it)".formatted(least));
        return needed.expected()
                .map(each -> "The target needs about %s of each class %s.".formatted(FindingText.about(each), range))
                .orElseGet(() ->
                        "Whether the target can be reached by images alone cannot be said: it needs %s or more of each class."
                                .formatted(least));
    }

    /** What Cover and Hart's bound says, for accuracy only, where it is near the target. */
    private static String bound(StudiedSet set, QualityTarget target) {
        if (target.metric() != QualityTarget.QualityMetric.ACCURACY || !NeighborStudy.isFeasible(set)) {
            return "";
        }
        int[] nearest = NeighborAgreement.nearest(
                set.features().features(), set.features().groups());
        long compared = NeighborAgreement.compared(nearest);
        if (compared == 0) {
            return "";
        }
        double agreement = (double) NeighborAgreement.agreeing(nearest, set.given()) / compared;
        return " The nearest image by these features has the same label for %s of the images; by Cover and Hart, no classifier on them would come above about %s."
                .formatted(
                        FindingText.percent(agreement),
                        FindingText.percent(NearestNeighborBound.accuracy(agreement, set.classes())));
    }
}
