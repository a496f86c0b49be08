package dev.fovea.traffic.truth;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of truths that were added together.
 *
 * @param received all of them
 * @param added new ones
 * @param repeated those that said again what stands
 * @param conflicting those that contradict what stands; they change nothing
 * @param replaced those that took the place of others, where that was asked for
 * @param joined new or replaced ones whose prediction was found
 * @param waiting new or replaced ones that are not joined; they are when their prediction appears
 * @param examples ids of conflicting, waiting and ambiguous ones, at most {@value #EXAMPLES} of each
 */
public record TruthReceipt(
        int received,
        int added,
        int repeated,
        int conflicting,
        int replaced,
        int joined,
        int waiting,
        Examples examples) {

    /** How many ids are listed. */
    public static final int EXAMPLES = 20;

    /** The sum of two. */
    public TruthReceipt plus(TruthReceipt other) {
        return new TruthReceipt(
                received + other.received,
                added + other.added,
                repeated + other.repeated,
                conflicting + other.conflicting,
                replaced + other.replaced,
                joined + other.joined,
                waiting + other.waiting,
                new Examples(
                        some(examples.conflicting, other.examples.conflicting),
                        some(examples.waiting, other.examples.waiting),
                        some(examples.ambiguous, other.examples.ambiguous)));
    }

    private static List<String> some(List<String> ids, List<String> others) {
        return Stream.concat(ids.stream(), others.stream()).limit(EXAMPLES).toList();
    }

    /**
     * Ids of requests.
     *
     * @param conflicting with labels that contradict those that stand
     * @param waiting whose labels are not joined
     * @param ambiguous those of the waiting that stand for several predictions that differ
     */
    public record Examples(List<String> conflicting, List<String> waiting, List<String> ambiguous) {
        public Examples {
            conflicting = List.copyOf(conflicting);
            waiting = List.copyOf(waiting);
            ambiguous = List.copyOf(ambiguous);
        }
    }
}
