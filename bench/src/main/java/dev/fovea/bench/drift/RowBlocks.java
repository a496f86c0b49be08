package dev.fovea.bench.drift;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.BlockBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Blocks of consecutive minutes as {@link BlockBuilder} makes them, without the cost of sketches. */
final class RowBlocks {

    private final double[] sums;
    private final long[] counts;
    private long images;
    private @Nullable Instant start;

    RowBlocks(int coordinates) {
        this.sums = new double[coordinates];
        this.counts = new long[coordinates];
    }

    /** Takes in the images of a minute; the block that it completes. */
    Optional<Block> add(List<double[]> minute, Instant end) {
        if (minute.isEmpty()) {
            return Optional.empty();
        }
        if (start == null) {
            start = end.minusSeconds(60);
        }
        for (double[] image : minute) {
            images++;
            for (int j = 0; j < sums.length; j++) {
                if (!Double.isNaN(image[j])) {
                    sums[j] += image[j];
                    counts[j]++;
                }
            }
        }
        if (images < BlockBuilder.MIN_IMAGES || Duration.between(start, end).toMinutes() < BlockBuilder.MIN_MINUTES) {
            return Optional.empty();
        }
        double[] means = new double[sums.length];
        Arrays.setAll(means, j -> counts[j] == 0 ? Double.NaN : sums[j] / counts[j]);
        Block block = new Block(start, end, images, means);
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        images = 0;
        start = null;
        return Optional.of(block);
    }
}
