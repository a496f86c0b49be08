package dev.fovea.traffic.truth;

import java.util.List;

/**
 * What became of truths that were added together.
 *
 * @param received all of them
 * @param added new ones
 * @param repeated those that said again what stands
 * @param conflicting those that contradict what stands; they change nothing
 * @param replaced those that took the place of others, where that was asked for
 * @param joined new or replaced ones whose prediction was found
 * @param waiting new or replaced ones whose prediction was not found; they are joined when it appears
 * @param examples ids of conflicting and waiting ones, at most {@value #EXAMPLES} of each
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

    /** Ids of requests. */
    public record Examples(List<String> conflicting, List<String> waiting) {
        public Examples {
            conflicting = List.copyOf(conflicting);
            waiting = List.copyOf(waiting);
        }
    }
}
