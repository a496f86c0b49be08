package dev.fovea.pipeline.advice;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which way to go.
 *
 * @param recommendation in a sentence
 * @param ways the best first, those that are ruled out last
 * @param move how to come from the first to the last, where it pays to begin with another way
 * @param costs of all ways that are not ruled out
 * @param weights of the criteria
 * @param assumptions that figures rest on
 * @param pilot what was measured on one's own images
 * @param situation as it was stated
 */
public record Advice(
        String recommendation,
        List<RankedWay> ways,
        Optional<String> move,
        CostComparison costs,
        Map<Criterion, Double> weights,
        CostAssumptions assumptions,
        Optional<PilotResult> pilot,
        Situation situation) {

    public Advice {
        ways = List.copyOf(ways);
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    }

    /**
     * A way.
     *
     * @param total the weighted mean of the scores, 0 to 1
     * @param scores by criterion, 0 to 1
     * @param ruledOut why it is not possible; empty where it is
     * @param days until it answers in production
     * @param evidence what was measured, in a sentence
     * @param risks in sentences
     */
    public record RankedWay(
            Way way,
            double total,
            Map<Criterion, Double> scores,
            List<String> ruledOut,
            double days,
            Optional<String> evidence,
            List<String> risks) {
        public RankedWay {
            scores = Collections.unmodifiableMap(new EnumMap<>(scores));
            ruledOut = List.copyOf(ruledOut);
            risks = List.copyOf(risks);
        }

        /** Whether nothing rules it out. */
        public boolean isOpen() {
            return ruledOut.isEmpty();
        }
    }

    /**
     * Costs of the open ways.
     *
     * @param months that are compared
     * @param byWay in the order of the ways
     * @param breakEvens in sentences
     */
    public record CostComparison(int months, List<CostLine> byWay, List<String> breakEvens) {
        public CostComparison {
            byWay = List.copyOf(byWay);
            breakEvens = List.copyOf(breakEvens);
        }
    }

    /**
     * Costs of a way.
     *
     * @param cost what it is made of
     * @param total over the months at the stated volume
     * @param totalTenfold at ten times the volume
     */
    public record CostLine(Way way, WayCost cost, double total, double totalTenfold) {}
}
