package dev.fovea.quantize;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.McNemar;
import dev.fovea.statistics.NonInferiority;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The acceptance criteria of a quantized network, on images predicted by both networks. It passes when the estimated
 * loss is within the margin. {@link Evidence} tells whether the images also show non-inferiority.
 *
 * @param points the margin for accuracy, in points. The margin for agreement without labels is ten times as large, as
 *     most disagreements are about uncertain images. It is twenty times for detectors, as each object near the
 *     threshold counts, and twice for mean average precision
 */
public record AcceptanceCriteria(double points) {

    /** Half a point. */
    public static final AcceptanceCriteria DEFAULT = new AcceptanceCriteria(0.5);

    private static final double UNLABELLED_FACTOR = 10;
    private static final double DETECTIONS_FACTOR = 20;
    private static final double AVERAGE_PRECISION_FACTOR = 2;

    /**
     * By labelled images: the loss is within the margin, and the candidate is not significantly worse overall or in a
     * class.
     */
    public AcceptanceResult labelled(ScoredImages original, ScoredImages quantized) {
        if (unanswered(original, quantized) > 0) {
            return silent(original, quantized);
        }
        Comparison comparison = Comparison.of(original, quantized);
        double loss = -100 * comparison.difference().value();
        List<ClassAgreement> classes = classes(original, quantized);
        List<String> worse = classes.stream()
                .filter(ClassAgreement::worse)
                .map(ClassAgreement::label)
                .toList();
        boolean passes = loss <= points && comparison.verdict() != Comparison.Verdict.WORSE && worse.isEmpty();
        String worst = worse.isEmpty() ? "" : " Significantly worse on: %s.".formatted(String.join(", ", worse));
        Evidence evidence = evidence(comparison);
        return new AcceptanceResult(
                passes,
                loss,
                comparison.sentence() + worst + " " + evidence.sentence(),
                classes,
                evidence,
                QuantizationVerdict.of(new QuantizationVerdict.Basis(
                        comparison.images(),
                        passes,
                        "accuracy",
                        loss,
                        evidence,
                        Optional.of(ModelVerdict.of(ClassificationReport.of(original))),
                        Optional.of(ModelVerdict.of(ClassificationReport.of(quantized))))));
    }

    /** By agreement: the fraction of images with the same label. */
    public AcceptanceResult agreement(ScoredImages original, ScoredImages quantized) {
        if (unanswered(original, quantized) > 0) {
            return silent(original, quantized);
        }
        Comparison comparison = Comparison.of(asTruth(original), withTruthOf(original, quantized));
        boolean always =
                original.scored().stream().map(Scored::prediction).distinct().count() == 1;
        String sentence = "On %d images without labels both give the same label for %s.%s"
                .formatted(
                        comparison.images(),
                        percent(comparison.candidate()),
                        always
                                ? " The original predicts one label for all of them, so that this is little evidence."
                                : "");
        return passing(comparison.candidate(), comparison.images(), "agreement", UNLABELLED_FACTOR * points, sentence);
    }

    /** By the paired interval of the difference; images that only one of both gets right are discordant. */
    private Evidence evidence(Comparison comparison) {
        Evidence evidence = Evidence.of(loss(comparison.difference()), points);
        if (points == 0 || points == 100) {
            return evidence;
        }
        double discordant =
                (comparison.test().onlyFirst() + comparison.test().onlySecond()) / (double) comparison.images();
        double margin = points / 100;
        return new Evidence(
                points,
                evidence.low(),
                evidence.high(),
                evidence.shown(),
                Optional.of(NonInferiority.power(comparison.images(), discordant, margin, Interval.DEFAULT_LEVEL)),
                evidence.shown()
                        ? Optional.empty()
                        : Optional.of(NonInferiority.trials(discordant, margin, Interval.DEFAULT_LEVEL)));
    }

    /** A difference of shares as a loss in points. */
    private static Interval loss(Interval difference) {
        return new Interval(-100 * difference.value(), -100 * difference.high(), -100 * difference.low());
    }

    /**
     * For detectors without labels: average precision at overlap 0.5 with the original's detections as ground truth,
     * and vice versa. This limits missed and additional detections.
     *
     * @param recovered average precision of the quantized network against the original's detections
     * @param confirmed average precision of the original against the quantized network's detections
     */
    public AcceptanceResult detections(DetectionReport recovered, DetectionReport confirmed) {
        Interval lower =
                recovered.map50().value() <= confirmed.map50().value() ? precision(recovered) : precision(confirmed);
        String sentence =
                "On %d images the new network finds the %d things that the original finds with a mean average precision of %s, and the original the %d that the new one finds with %s, at overlap 0.5."
                        .formatted(
                                recovered.images(),
                                recovered.truths(),
                                percent(precision(recovered)),
                                confirmed.truths(),
                                percent(precision(confirmed)));
        return passing(lower, recovered.images(), "agreement", DETECTIONS_FACTOR * points, sentence);
    }

    /** Drawing anew from things that were all found can show no doubt; that there were only so many does. */
    private static Interval precision(DetectionReport report) {
        Interval drawn = report.map50();
        return drawn.low() < 1 ? drawn : WilsonInterval.of(report.truths(), report.truths());
    }

    /**
     * For detectors on labelled images: mean average precision at overlap 0.5 falls by no more than twice the points.
     */
    public AcceptanceResult labelledDetections(
            DetectionComparison comparison, DetectionReport original, DetectionReport quantized) {
        double loss = -100 * comparison.difference().value();
        boolean passes = loss <= AVERAGE_PRECISION_FACTOR * points && !comparison.isWorse();
        Evidence evidence = Evidence.of(loss(comparison.difference()), AVERAGE_PRECISION_FACTOR * points);
        return new AcceptanceResult(
                passes,
                loss,
                comparison.sentence() + " " + evidence.sentence(),
                List.of(),
                evidence,
                QuantizationVerdict.of(new QuantizationVerdict.Basis(
                        comparison.images(),
                        passes,
                        "mean average precision",
                        loss,
                        evidence,
                        Optional.of(DetectorVerdict.of(original)),
                        Optional.of(DetectorVerdict.of(quantized)))));
    }

    /** For other predictions: agreement with the original on each image, from 0 to 1. */
    public AcceptanceResult agreement(double[] images) {
        Interval mean = BootstrapInterval.ofMean(images, Interval.DEFAULT_LEVEL);
        String sentence = "On %d images the quantized network agrees with the original by %s."
                .formatted(images.length, percent(mean));
        return passing(mean, images.length, "agreement", UNLABELLED_FACTOR * points, sentence);
    }

    private static String percent(Interval share) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (95 %% interval %.1f to %.1f)",
                100 * share.value(),
                100 * share.low(),
                100 * share.high());
    }

    /** Images with a prediction of the original only. */
    private static long unanswered(ScoredImages original, ScoredImages quantized) {
        Set<String> predicted = quantized.scored().stream().map(Scored::image).collect(Collectors.toSet());
        return original.scored().stream()
                .filter(one -> !predicted.contains(one.image()))
                .count();
    }

    private AcceptanceResult silent(ScoredImages original, ScoredImages quantized) {
        long silent = unanswered(original, quantized);
        return new AcceptanceResult(
                false,
                100.0 * silent / original.scored().size(),
                "The quantized network has no prediction for %d of the %d images that the original predicts."
                        .formatted(silent, original.scored().size()),
                List.of(),
                Evidence.none(points));
    }

    /**
     * By agreement with the original, from 0 to 1.
     *
     * @param figure name of the figure
     * @param margin maximum shortfall of the agreement, in points
     */
    private static AcceptanceResult passing(
            Interval agreement, int images, String figure, double margin, String sentence) {
        double loss = 100 * (1 - agreement.value());
        boolean passes = loss <= margin;
        Evidence evidence =
                Evidence.of(new Interval(loss, 100 * (1 - agreement.high()), 100 * (1 - agreement.low())), margin);
        String wanted = String.format(Locale.ROOT, " The minimum is %.1f %%.", 100 - margin);
        return new AcceptanceResult(
                passes,
                loss,
                passes ? sentence + " " + evidence.sentence() : sentence + wanted,
                List.of(),
                evidence,
                QuantizationVerdict.of(new QuantizationVerdict.Basis(images, passes, figure, loss, evidence)));
    }

    /** Classes that are worse by McNemar's test, at a level divided by the number of classes (Bonferroni). */
    private static List<ClassAgreement> classes(ScoredImages original, ScoredImages quantized) {
        Map<String, Boolean> predictions = new HashMap<>();
        quantized.scored().forEach(one -> predictions.put(one.image(), one.right()));
        int count = original.labels().size();
        int[] images = new int[count];
        int[] right = new int[count];
        int[] lost = new int[count];
        int[] won = new int[count];
        for (Scored one : original.scored()) {
            boolean other = predictions.getOrDefault(one.image(), false);
            int truth = one.truth();
            images[truth]++;
            right[truth] += one.right() ? 1 : 0;
            lost[truth] += one.right() && !other ? 1 : 0;
            won[truth] += !one.right() && other ? 1 : 0;
        }
        List<ClassAgreement> classes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            if (images[k] > 0) {
                boolean worse = lost[k] > won[k] && McNemar.of(lost[k], won[k]).midP() < Comparison.LEVEL / count;
                classes.add(new ClassAgreement(
                        original.labels().get(k), images[k], right[k], right[k] - lost[k] + won[k], worse));
            }
        }
        return classes;
    }

    private static ScoredImages asTruth(ScoredImages original) {
        return withTruthOf(original, original);
    }

    private static ScoredImages withTruthOf(ScoredImages original, ScoredImages other) {
        Map<String, Integer> predictions = new HashMap<>();
        original.scored().forEach(one -> predictions.put(one.image(), one.prediction()));
        return new ScoredImages(
                other.labels(),
                other.scored().stream()
                        .flatMap(one -> Optional.ofNullable(predictions.get(one.image())).stream()
                                .map(truth -> new Scored(truth, one.logits(), one.image())))
                        .toList(),
                other.failed());
    }
}
