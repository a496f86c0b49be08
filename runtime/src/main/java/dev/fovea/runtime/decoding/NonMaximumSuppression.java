package dev.fovea.runtime.decoding;

import dev.fovea.model.decoder.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Greedy non-maximum suppression: best score first, equal ones in the order of the output; a candidate is dropped when
 * it overlaps a selected one by more than the threshold; by default only within its own class. Source: Felzenszwalb et
 * al. 2010, section 3.2.2, as in torchvision's {@code nms} and {@code batched_nms}. Pure.
 */
final class NonMaximumSuppression {

    /** As many as Ultralytics looks at. */
    private static final int MAX_CANDIDATES = 30_000;

    private NonMaximumSuppression() {}

    /** The candidates that are kept, best first, at most {@link Selection#limit}. */
    static List<Candidate> keep(List<Candidate> candidates, Selection selection) {
        List<Candidate> sorted = best(candidates, MAX_CANDIDATES);
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : sorted) {
            if (kept.size() == selection.limit()) {
                break;
            }
            if (kept.stream().noneMatch(better -> suppresses(better, candidate, selection))) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    /** The best by score, equal ones in the order of the output. */
    static List<Candidate> best(List<Candidate> candidates, int most) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score)
                        .reversed()
                        .thenComparingInt(Candidate::index)
                        .thenComparingInt(Candidate::label))
                .limit(most)
                .toList();
    }

    private static boolean suppresses(Candidate better, Candidate candidate, Selection selection) {
        return (selection.acrossClasses() || better.label() == candidate.label())
                && better.box().overlap(candidate.box()) > selection.overlap();
    }
}
