package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * The weighted mean of e-processes for the same null hypothesis, one for each alternative; again an e-process.
 * Immutable.
 *
 * @param logs logarithm of each e-process
 */
public record MixedEvidence(double[] logs) {

    /** Weight of the first alternative; the others share the rest. */
    static final double FIRST = 0.6;

    public MixedEvidence {
        Require.that(logs.length > 0, "%d alternatives; there must be one at least.", logs.length);
        logs = logs.clone();
    }

    /** Before any block. */
    public static MixedEvidence none(int alternatives) {
        return new MixedEvidence(new double[alternatives]);
    }

    @Override
    public double[] logs() {
        return logs.clone();
    }

    /** With the logarithm of another block's e-value for each alternative. */
    public MixedEvidence plus(double[] block) {
        double[] sums = logs.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += block[i];
        }
        return new MixedEvidence(sums);
    }

    /** The logarithm of the mixture. */
    public double log() {
        double most = Arrays.stream(logs).max().orElseThrow();
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            sum += weight(i) * Math.exp(logs[i] - most);
        }
        return most + Math.log(sum);
    }

    private double weight(int index) {
        if (logs.length == 1) {
            return 1;
        }
        return index == 0 ? FIRST : (1 - FIRST) / (logs.length - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MixedEvidence(double[] values) && Arrays.equals(values, logs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(logs);
    }

    @Override
    public String toString() {
        return Arrays.toString(logs);
    }
}
