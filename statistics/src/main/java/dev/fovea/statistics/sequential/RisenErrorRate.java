package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether errors come more often than on the images of an evaluation; may be looked at after each outcome. The limit is
 * the upper end of the evaluation's interval at half of the false-alarm probability; {@link ProportionTest} has the
 * other half. A rise may begin at any time: evidence is gathered from the first outcome and anew from each following
 * block, with weights {@code 1/(k(k+1))} that add to 1, so that it is an e-process again (J. Shin, A. Ramdas and A.
 * Rinaldo, "E-detectors", New England Journal of Statistics in Data Science 2 (2023), section 2). Not thread-safe.
 */
public final class RisenErrorRate {

    /** Outcomes after which evidence is gathered anew at first; later after a 64th of all. */
    public static final int BLOCK = 25;

    private static final int STARTS_PER_DOUBLING = 64;
    private static final int EACH_UNTIL = 1_000;

    private final double limit;
    private final double threshold;
    private final List<int[]> starts = new ArrayList<>();
    private long outcomes;
    private double highest = Double.NEGATIVE_INFINITY;

    /**
     * A test.
     *
     * @param errors wrong predictions of the evaluation
     * @param images of the evaluation, at least 1
     * @param falseAlarm the probability that it ever says that errors have risen though they have not
     */
    public RisenErrorRate(long errors, long images, double falseAlarm) {
        Require.confidenceLevel(falseAlarm);
        this.limit =
                Math.clamp(WilsonInterval.of(errors, images, 1 - falseAlarm).high(), 1e-6, 1 - 1e-6);
        this.threshold = -Math.log(falseAlarm / 2);
    }

    /** The error rate above which errors count as risen. */
    public double limit() {
        return limit;
    }

    /** Adds an outcome, in the order of time. */
    public void add(boolean wrong) {
        long spacing = BLOCK * Long.highestOneBit(Math.max(1, outcomes / BLOCK / STARTS_PER_DOUBLING));
        boolean begins = outcomes++ % spacing == 0;
        if (begins) {
            starts.add(new int[2]);
        }
        for (int[] start : starts) {
            start[0] += wrong ? 1 : 0;
            start[1]++;
        }
        if (begins || (wrong && outcomes <= EACH_UNTIL)) {
            highest = Math.max(highest, logEvidence());
        }
    }

    /** Whether errors have risen at any time so far. */
    public boolean risen() {
        return highest >= threshold;
    }

    /** The share of what is needed for the statement, in [0, 1], at its highest. */
    public double share() {
        return Math.clamp(highest / threshold, 0, 1);
    }

    private double logEvidence() {
        double max = Double.NEGATIVE_INFINITY;
        double[] logs = new double[starts.size()];
        for (int k = 0; k < logs.length; k++) {
            int[] start = starts.get(k);
            logs[k] = ProportionTest.logAbove(start[0], start[1], limit) - Math.log((k + 1.0) * (k + 2.0));
            max = Math.max(max, logs[k]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - max);
        }
        return max + Math.log(sum);
    }
}
