package dev.fovea.pipeline.search;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.pipeline.bar.ConditionResult;
import dev.fovea.pipeline.bar.MeasuredLatency;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A search as it is on record: what was wanted, every candidate, and the choice.
 *
 * @param target what was searched for
 * @param extent what was looked at
 * @param candidates the judged ones, the smallest first, then those that were dropped after the sample
 * @param winner name of the candidate that was chosen; absent where none clears the bar
 * @param best the candidate whose estimates are best, where none clears the bar
 * @param test how the winner stands to the bar on the test images; absent without a winner
 * @param sentences the result for people, the most important first
 */
public record SearchRecord(
        SearchTarget target,
        SearchExtent extent,
        List<CandidateRow> candidates,
        Optional<String> winner,
        Optional<BestCandidate> best,
        Optional<TestLook> test,
        List<String> sentences) {

    public SearchRecord {
        candidates = List.copyOf(candidates);
        sentences = List.copyOf(sentences);
    }

    /**
     * What was searched for.
     *
     * @param bar as it is written
     * @param level of each interval, corrected so that the lower ends of all hold together with 95 %
     * @param judged candidates that the correction counts
     */
    public record SearchTarget(String bar, double level, int judged, double minutes, long seed) {}

    /**
     * What was looked at.
     *
     * @param images to learn from
     * @param sample images of the first round
     * @param backbones that the candidates are made of
     * @param left what could not be tried, with the reason
     * @param load the machine's load average while latencies were measured; absent where it does not tell
     */
    public record SearchExtent(
            int images,
            int classes,
            int sample,
            List<String> backbones,
            List<String> left,
            double seconds,
            Optional<Double> load) {}

    /**
     * A candidate.
     *
     * @param conditions how it stands to each condition of the bar
     * @param cleared whether it clears the bar with confidence
     * @param front whether no other candidate is more accurate, smaller and faster
     * @param reason why it was chosen or not
     */
    public record CandidateRow(
            String name,
            SearchCandidate network,
            CandidateQuality quality,
            CandidateCost cost,
            List<ConditionResult> conditions,
            boolean cleared,
            boolean front,
            String reason) {}

    /**
     * How good a candidate is on images that it was not fitted to.
     *
     * @param method how these images came about
     * @param accuracy with its corrected interval
     * @param macroF1 the same of macro-F1
     */
    public record CandidateQuality(
            CandidateEvidence.EvidenceMethod method, long images, Interval accuracy, Interval macroF1) {}

    /**
     * What a candidate costs.
     *
     * @param bytes of the ONNX file; of one that was dropped after the sample, four for each of its numbers
     * @param latency absent where it was not measured
     */
    public record CandidateCost(long bytes, Optional<MeasuredLatency> latency) {}

    /**
     * The candidate that comes closest to a bar.
     *
     * @param bar that it does clear, with the same confidence; a search with this bar registers it or a smaller one.
     *     Absent where a quality is not shown at all
     */
    public record BestCandidate(String name, Optional<String> bar) {}

    /**
     * The look at the test images.
     *
     * @param images their number
     * @param conditions with the figures of the test images
     * @param verdict whether they agree
     */
    public record TestLook(long images, List<ConditionResult> conditions, TestVerdict verdict) {}

    /** What the test images say of the choice. */
    public enum TestVerdict {
        /** They alone show that the bar is cleared. */
        SHOWN,
        /** Their estimates meet the bar; they are too few to show it alone. */
        AGREES,
        /** An estimate does not meet the bar: nothing is claimed. */
        CONTRADICTS;

        /** As it is written in JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with a look at the test images, and what it says. */
    SearchRecord with(TestLook look, String sentence) {
        List<String> all = new ArrayList<>(sentences);
        all.add(look.verdict() == TestVerdict.CONTRADICTS ? 0 : Math.min(1, all.size()), sentence);
        return new SearchRecord(target, extent, candidates, winner, best, Optional.of(look), all);
    }

    /** The row of the winner, or of the one that comes closest. */
    public Optional<CandidateRow> shown() {
        return winner.or(() -> best.map(BestCandidate::name))
                .flatMap(name -> candidates.stream()
                        .filter(row -> row.name().equals(name))
                        .findFirst());
    }
}
