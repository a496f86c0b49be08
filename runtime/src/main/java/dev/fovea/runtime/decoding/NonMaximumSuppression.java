package dev.fovea.runtime.decoding;

import dev.fovea.model.decoder.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Greedy non-maximum suppression: candidates are sorted by descending score, ties in output order. A candidate is
 * suppressed if its IoU with a selected one exceeds the threshold, by default only within its class. Source:
 * Felzenszwalb et al. 2010, section 3.2.2, as in torchvision's {@code nms} and {@code batched_nms}. Pure.
 */
final class NonMaximumSuppression {

    /** Maximum number of candidates, as in Ultralytics. */
    private static final int MAX_CANDIDATES = 30_000;

    private NonMaximumSuppression() {}

    /** The selected candidates, best first, up to {@link Selection#limit}. */
    static List<Candidate> select(List<Candidate> candidates, Selection selection) {
        List<Candidate> sorted = best(candidates, MAX_CANDIDATES);
        List<Candidate> selected = new ArrayList<>();
        for (Candidate candidate : sorted) {
            if (selected.size() == selection.limit()) {
                break;
            }
            if (selected.stream().noneMatch(stronger -> suppresses(stronger, candidate, selection))) {
                selected.add(candidate);
            }
        }
        return selected;
    }

    /** The candidates with the best scores, ties in output order. */
    static List<Candidate> best(List<Candidate> candidates, int max) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score)
                        .reversed()
                        .thenComparingInt(Candidate::index)
                        .thenComparingInt(Candidate::label))
                .limit(max)
                .toList();
    }

    private static boolean suppresses(Candidate stronger, Candidate candidate, Selection selection) {
        return (selection.acrossClasses() || stronger.label() == candidate.label())
                && stronger.box().overlap(candidate.box()) > selection.overlap();
    }
}
