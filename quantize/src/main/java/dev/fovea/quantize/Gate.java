package dev.fovea.quantize;

import dev.fovea.evaluation.Comparison;
import dev.fovea.evaluation.DetectionReport;
import dev.fovea.evaluation.Scored;
import dev.fovea.evaluation.ScoredPictures;
import dev.fovea.statistics.McNemar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a quantized network is good enough, by the same pictures answered by both.
 *
 * @param points that accuracy may fall by. For pictures without labels, agreement may fall short of 100 % by ten times
 *     as much, as most disagreements are about pictures that neither is sure of; that of detectors by twenty times as
 *     much, as each thing near the threshold counts
 */
public record Gate(double points) {

    /** Half a point. */
    public static final Gate DEFAULT = new Gate(0.5);

    private static final double UNLABELLED_FACTOR = 10;
    private static final double DETECTIONS_FACTOR = 20;

    /**
     * By labelled pictures: the loss is within the gate, and neither all of them nor a class shows that it is worse.
     */
    public Judgement labelled(ScoredPictures original, ScoredPictures quantized) {
        if (unanswered(original, quantized) > 0) {
            return silent(original, quantized);
        }
        Comparison comparison = Comparison.of(original, quantized);
        double loss = -100 * comparison.difference().value();
        List<String> worse = worseClasses(original, quantized);
        boolean passes = loss <= points && comparison.verdict() != Comparison.Verdict.WORSE && worse.isEmpty();
        String classes = worse.isEmpty() ? "" : " Significantly worse on: %s.".formatted(String.join(", ", worse));
        return new Judgement(passes, loss, comparison.sentence() + classes, worse);
    }

    /** By agreement alone: how often both give the same label. */
    public Judgement agreement(ScoredPictures original, ScoredPictures quantized) {
        if (unanswered(original, quantized) > 0) {
            return silent(original, quantized);
        }
        Comparison comparison = Comparison.of(asTruth(original), withTruthOf(original, quantized));
        double loss = -100 * comparison.difference().value();
        String sentence = String.format(
                Locale.ROOT,
                "On %d pictures without labels both give the same label for %.1f %% (95 %% interval %.1f to %.1f).",
                comparison.pictures(),
                100 * comparison.candidate().value(),
                100 * comparison.candidate().low(),
                100 * comparison.candidate().high());
        return passing(loss, UNLABELLED_FACTOR * points, sentence);
    }

    /** For detectors: average precision at overlap 0.5, with what the original finds as the truth. */
    public Judgement detections(DetectionReport report) {
        double loss = 100 * (1 - report.map50().value());
        String sentence = String.format(
                Locale.ROOT,
                "On %d pictures INT8 finds what FP32 finds with a mean average precision of %.1f %% (95 %% interval %.1f to %.1f), at overlap 0.5.",
                report.pictures(),
                100 * report.map50().value(),
                100 * report.map50().low(),
                100 * report.map50().high());
        return passing(loss, DETECTIONS_FACTOR * points, sentence);
    }

    /** Pictures that the original answered and the quantized network did not. */
    private static long unanswered(ScoredPictures original, ScoredPictures quantized) {
        Set<String> answered = quantized.scored().stream().map(Scored::picture).collect(Collectors.toSet());
        return original.scored().stream()
                .filter(one -> !answered.contains(one.picture()))
                .count();
    }

    private static Judgement silent(ScoredPictures original, ScoredPictures quantized) {
        long silent = unanswered(original, quantized);
        return new Judgement(
                false,
                100.0 * silent / original.scored().size(),
                "INT8 gives no answer to %d of the %d pictures that FP32 answers."
                        .formatted(silent, original.scored().size()),
                List.of());
    }

    private static Judgement passing(double loss, double most, String sentence) {
        boolean passes = loss <= most;
        String wanted = String.format(Locale.ROOT, " At least %.1f %% are wanted.", 100 - most);
        return new Judgement(passes, loss, passes ? sentence : sentence + wanted, List.of());
    }

    /** By McNemar's test, at a level divided by the number of classes (Bonferroni). */
    private static List<String> worseClasses(ScoredPictures original, ScoredPictures quantized) {
        Map<String, Scored> byName = new HashMap<>();
        quantized.scored().forEach(one -> byName.put(one.picture(), one));
        int classes = original.labels().size();
        int[] lost = new int[classes];
        int[] won = new int[classes];
        for (Scored one : original.scored()) {
            Scored other = byName.get(one.picture());
            if (other != null && one.right() != other.right()) {
                (one.right() ? lost : won)[one.truth()]++;
            }
        }
        List<String> worse = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            if (lost[k] > won[k] && McNemar.of(lost[k], won[k]).midP() < Comparison.LEVEL / classes) {
                worse.add(original.labels().get(k));
            }
        }
        return worse;
    }

    private static ScoredPictures asTruth(ScoredPictures original) {
        return withTruthOf(original, original);
    }

    private static ScoredPictures withTruthOf(ScoredPictures original, ScoredPictures other) {
        Map<String, Integer> answers = new HashMap<>();
        original.scored().forEach(one -> answers.put(one.picture(), one.answer()));
        return new ScoredPictures(
                other.labels(),
                other.scored().stream()
                        .flatMap(one -> Optional.ofNullable(answers.get(one.picture())).stream()
                                .map(truth -> new Scored(truth, one.logits(), one.picture())))
                        .toList(),
                other.failed());
    }
}
