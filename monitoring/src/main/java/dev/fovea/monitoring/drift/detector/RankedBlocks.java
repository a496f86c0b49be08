package dev.fovea.monitoring.drift.detector;

import dev.fovea.statistics.drift.TiedRank;
import java.util.Arrays;

/**
 * Quiet blocks that a new one is ranked among along a direction, kept by coordinate, so that all are projected in
 * passes that a processor does several of at once. Not thread-safe.
 */
final class RankedBlocks {

    private final double[][] columns;
    private double[] projections = new double[0];
    private int size;

    /** @param dimensions of the blocks */
    RankedBlocks(int dimensions) {
        this.columns = new double[dimensions][16];
    }

    /** A copy. */
    RankedBlocks(RankedBlocks other) {
        this.columns = new double[other.columns.length][];
        Arrays.setAll(columns, k -> other.columns[k].clone());
        this.size = other.size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes the first dimensions of a block. */
    void add(double[] block) {
        for (int k = 0; k < columns.length; k++) {
            if (size == columns[k].length) {
                columns[k] = Arrays.copyOf(columns[k], 2 * size);
            }
            columns[k][size] = block[k];
        }
        size++;
    }

    /** The rank of a block's projection; see {@link dev.fovea.statistics.drift.ConformalRank}. */
    TiedRank rank(double[] direction, double[] block) {
        if (projections.length < size) {
            projections = new double[columns[0].length];
        }
        Arrays.fill(projections, 0, size, 0);
        double own = 0;
        for (int k = 0; k < columns.length; k++) {
            double weight = direction[k];
            double[] column = columns[k];
            own += weight * block[k];
            for (int i = 0; i < size; i++) {
                projections[i] += weight * column[i];
            }
        }
        int greater = 0;
        int equal = 0;
        for (int i = 0; i < size; i++) {
            greater += projections[i] > own ? 1 : 0;
            equal += projections[i] == own ? 1 : 0;
        }
        return TiedRank.of(greater, equal + 1, size + 1);
    }
}
