package dev.fovea.pipeline.search;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.bar.Bar;
import dev.fovea.pipeline.bar.BarCondition;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.bar.BarMeasure;
import dev.fovea.pipeline.bar.ConditionResult;
import dev.fovea.pipeline.search.SearchRecord.TestLook;
import dev.fovea.pipeline.search.SearchRecord.TestVerdict;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a search came to.
 *
 * @param bar what was good enough
 * @param labels in the order of the winner's outputs
 * @param winner absent where no candidate clears the bar
 * @param missed why there is none, where it is for a quality
 */
public record SearchOutcome(
        Bar bar, List<String> labels, SearchRecord record, Optional<SearchWinner> winner, Optional<MissedBar> missed) {

    /**
     * A quality that the best candidate does not clear.
     *
     * @param candidate with a head
     * @param condition the one that it misses by most
     * @param secondsPerImage that fitting its head took
     */
    public record MissedBar(SearchCandidate candidate, String condition, double secondsPerImage) {}

    /**
     * The chosen network.
     *
     * @param classifier its first output is the logits
     * @param described what is kept in the lineage
     */
    public record SearchWinner(OnnxModel classifier, PreprocessingContract contract, Map<String, String> described) {}

    /**
     * The record with the look at the test images, which is taken once.
     *
     * @param confusion the winner's predictions of the test images
     */
    public SearchRecord tested(ConfusionMatrix confusion) {
        BarJudge judge = new BarJudge(bar, labels, Interval.DEFAULT_LEVEL);
        List<ConditionResult> results = judge.qualities(confusion);
        List<BarCondition> conditions = bar.of(BarMeasure.MeasureKind.QUALITY);
        boolean meets = judge.margin(confusion) >= 0;
        TestVerdict verdict = !meets
                ? TestVerdict.CONTRADICTS
                : results.stream().allMatch(ConditionResult::met) ? TestVerdict.SHOWN : TestVerdict.AGREES;
        String figures = IntStream.range(0, results.size())
                .mapToObj(i -> results.get(i).figures(conditions.get(i)))
                .collect(Collectors.joining(", "));
        String sentence = switch (verdict) {
            case SHOWN ->
                "The %,d test images, which were looked at once, show it too: %s."
                        .formatted(confusion.total(), figures);
            case AGREES ->
                "The %,d test images, which were looked at once, agree: %s. They are too few to show it alone."
                        .formatted(confusion.total(), figures);
            case CONTRADICTS ->
                "The bar is not claimed: the %,d test images, which were looked at once, do not meet it: %s. The version is a candidate only."
                        .formatted(confusion.total(), figures);
        };
        return record.with(new TestLook(confusion.total(), results, verdict), sentence);
    }
}
