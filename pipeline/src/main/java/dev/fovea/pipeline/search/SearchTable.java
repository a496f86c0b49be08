package dev.fovea.pipeline.search;

import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.bar.BarCondition;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.bar.BarMeasure;
import dev.fovea.pipeline.bar.ConditionResult;
import dev.fovea.pipeline.bar.MeasuredLatency;
import dev.fovea.pipeline.search.SearchRecord.CandidateCost;
import dev.fovea.pipeline.search.SearchRecord.CandidateQuality;
import dev.fovea.pipeline.search.SearchRecord.CandidateRow;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.MacroF1Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The candidates as they are on record, and which of them is chosen. Pure. */
final class SearchTable {

    /** Files whose sizes differ by less are equally small: of these, the fastest is chosen. */
    private static final double SAME_SIZE = 1.02;

    private final BarJudge judge;
    private final List<JudgedCandidate> contenders;
    private final Optional<JudgedCandidate> winner;

    /** @param contenders with their latencies, where these were measured */
    SearchTable(BarJudge judge, List<JudgedCandidate> contenders) {
        this.judge = judge;
        this.contenders = contenders.stream()
                .sorted(Comparator.comparingLong(JudgedCandidate::bytes))
                .toList();
        this.winner = chosen();
    }

    Optional<JudgedCandidate> winner() {
        return winner;
    }

    List<JudgedCandidate> cleared() {
        return contenders.stream().filter(this::clears).toList();
    }

    private boolean clears(JudgedCandidate one) {
        return results(one).stream().allMatch(ConditionResult::met);
    }

    private List<ConditionResult> results(JudgedCandidate one) {
        List<ConditionResult> results =
                new ArrayList<>(judge.qualities(one.evidence().confusion()));
        results.addAll(judge.costs(one.bytes(), one.latency()));
        return results;
    }

    private Optional<JudgedCandidate> chosen() {
        List<JudgedCandidate> cleared = cleared();
        return cleared.stream()
                .filter(one -> one.bytes() <= SAME_SIZE * cleared.getFirst().bytes())
                .min(Comparator.comparingDouble(
                        one -> one.latency().map(MeasuredLatency::p50Ms).orElse(Double.MAX_VALUE)));
    }

    /** The rows: the contenders, the smallest first, then those that were dropped after the sample. */
    List<CandidateRow> rows(List<SampledCandidate> sampled) {
        List<Boolean> front = front();
        List<CandidateRow> rows = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            JudgedCandidate one = contenders.get(i);
            rows.add(new CandidateRow(
                    one.candidate().name(),
                    one.candidate(),
                    quality(one.evidence()),
                    new CandidateCost(one.bytes(), one.latency()),
                    results(one),
                    clears(one),
                    front.get(i),
                    reason(one)));
        }
        sampled.stream()
                .filter(dropped ->
                        contenders.stream().noneMatch(one -> one.candidate().equals(dropped.candidate())))
                .map(this::row)
                .forEach(rows::add);
        return rows;
    }

    private CandidateRow row(SampledCandidate dropped) {
        return new CandidateRow(
                dropped.candidate().name(),
                dropped.candidate(),
                quality(dropped.evidence()),
                new CandidateCost(Float.BYTES * dropped.parameters(), Optional.empty()),
                judge.qualities(dropped.evidence().confusion()),
                false,
                false,
                "Dropped after the sample.");
    }

    private CandidateQuality quality(CandidateEvidence evidence) {
        ConfusionMatrix confusion = evidence.confusion();
        return new CandidateQuality(
                evidence.method(),
                evidence.images(),
                WilsonInterval.of(confusion.correct(), confusion.total(), judge.level()),
                MacroF1Interval.of(confusion, judge.level()));
    }

    /** By the estimate of the first condition on a quality; what was not timed is not on it. */
    private List<Boolean> front() {
        BarCondition first = judge.bar().of(BarMeasure.MeasureKind.QUALITY).getFirst();
        return ParetoFront.of(contenders.stream()
                .map(one -> new ParetoFront.Point(
                        one.latency().isEmpty()
                                ? -1
                                : judge.figure(first, one.evidence().confusion())
                                        .value(),
                        one.bytes(),
                        one.latency().map(MeasuredLatency::p50Ms).orElse(Double.MAX_VALUE)))
                .toList());
    }

    private String reason(JudgedCandidate one) {
        if (winner.filter(one::equals).isPresent()) {
            return "Chosen: the smallest that clears the bar.";
        }
        List<String> missed = missed(one);
        if (!missed.isEmpty()) {
            return "Not cleared: " + String.join(", ", missed) + ".";
        }
        return winner.filter(best -> one.bytes() <= SAME_SIZE * best.bytes()).isPresent()
                ? "Clears the bar; as small as the chosen one, and slower."
                : "Clears the bar; larger than the chosen one.";
    }

    /** The conditions that a contender does not meet, with its figures. */
    List<String> missed(JudgedCandidate one) {
        Bar bar = judge.bar();
        return results(one).stream()
                .filter(result -> !result.met())
                .map(result -> {
                    BarCondition condition = bar.conditions().stream()
                            .filter(stated -> stated.toString().equals(result.condition()))
                            .findFirst()
                            .orElseThrow();
                    return "%s is not %s: %s"
                            .formatted(
                                    result.condition(),
                                    condition.measure().kind() == BarMeasure.MeasureKind.QUALITY ? "shown" : "met",
                                    result.figures(condition));
                })
                .toList();
    }

    /** The contender whose estimates are best. */
    Optional<JudgedCandidate> best() {
        return contenders.stream()
                .max(Comparator.comparingDouble(
                        one -> judge.margin(one.evidence().confusion())));
    }

    /** The best of those whose head alone was learned, which a diagnosis can follow. */
    private Optional<JudgedCandidate> bestHead() {
        return contenders.stream()
                .filter(one -> one.headless().isPresent())
                .max(Comparator.comparingDouble(
                        one -> judge.margin(one.evidence().confusion())));
    }

    /**
     * The quality that the best contender with a head misses by most; empty where there is a winner, where costs alone
     * are missed, and where such a contender is good enough but for its costs.
     */
    Optional<SearchOutcome.MissedBar> missedQuality() {
        return winner.isPresent()
                ? Optional.empty()
                : bestHead()
                        .flatMap(one -> judge.bar().of(BarMeasure.MeasureKind.QUALITY).stream()
                                .map(condition -> new MissedCondition(
                                        condition,
                                        judge.figure(condition, one.evidence().confusion())
                                                        .low()
                                                - condition.limit()))
                                .filter(missed -> missed.distance() < 0)
                                .min(Comparator.comparingDouble(MissedCondition::distance))
                                .map(missed -> new SearchOutcome.MissedBar(
                                        one.candidate(),
                                        missed.condition().toString(),
                                        one.headless().orElseThrow().secondsPerImage())));
    }

    /** The bar that a contender does clear: qualities as they are shown, costs with some room. */
    Optional<Bar> attained(JudgedCandidate one) {
        List<ConditionResult> results = results(one);
        List<BarCondition> conditions = judge.bar().conditions().stream()
                .flatMap(condition -> results.stream()
                        .filter(result -> result.condition().equals(condition.toString()))
                        .flatMap(result -> result.attained(condition).stream()))
                .toList();
        return conditions.size() == judge.bar().conditions().size()
                ? Optional.of(new Bar(conditions))
                : Optional.empty();
    }

    private record MissedCondition(BarCondition condition, double distance) {}

    /** The largest of those that are smaller than the winner and do not clear the bar. */
    Optional<JudgedCandidate> nextSmaller() {
        return winner.flatMap(best -> contenders.stream()
                .filter(one -> one.bytes() < best.bytes() && !clears(one))
                .max(Comparator.comparingLong(JudgedCandidate::bytes)));
    }

    /** Figures of all conditions, for people. */
    String figures(JudgedCandidate one) {
        List<ConditionResult> results = judge.qualities(one.evidence().confusion());
        List<BarCondition> conditions = judge.bar().of(BarMeasure.MeasureKind.QUALITY);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            words.add(results.get(i).figures(conditions.get(i)));
        }
        return String.join(", ", words);
    }
}
