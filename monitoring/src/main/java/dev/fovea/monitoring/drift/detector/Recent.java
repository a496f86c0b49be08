package dev.fovea.monitoring.drift.detector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/** The last blocks, from which the means before a block are made. Not thread-safe. */
final class Recent {

    /** After such a gap, traffic is no continuation. */
    private static final Duration GAP = Duration.ofDays(1);

    private record Past(double[] rhythm, double[] values) {}

    private final Deque<Past> blocks = new ArrayDeque<>();
    private Instant end = Instant.MIN;

    /** The block with the means before it; it belongs to the recent ones from then on. */
    QuietBlock next(long number, int day, Block block, double[] rhythm) {
        if (end.equals(Instant.MIN) || Duration.between(end, block.start()).compareTo(GAP) > 0) {
            blocks.clear();
        }
        int lags = QuietBlock.LAGS.length;
        double[][] rhythms = new double[1 + lags][rhythm.length];
        double[][] values = new double[1 + lags][block.means().length];
        rhythms[0] = rhythm;
        values[0] = block.means();
        for (int l = 0; l < lags; l++) {
            mean(QuietBlock.LAGS[l], rhythms[1 + l], values[1 + l]);
        }
        blocks.addFirst(new Past(rhythm, block.means()));
        if (blocks.size() > QuietBlock.LAGS[lags - 1]) {
            blocks.removeLast();
        }
        end = block.end();
        return new QuietBlock(number, day, block.images(), rhythms, values);
    }

    private void mean(int lag, double[] rhythm, double[] values) {
        int count = Math.min(lag, blocks.size());
        if (count == 0) {
            Arrays.fill(values, Double.NaN);
            return;
        }
        Iterator<Past> past = blocks.iterator();
        for (int i = 0; i < count; i++) {
            Past one = past.next();
            for (int k = 0; k < rhythm.length; k++) {
                rhythm[k] += one.rhythm()[k] / count;
            }
            for (int j = 0; j < values.length; j++) {
                values[j] += one.values()[j] / count;
            }
        }
    }
}
