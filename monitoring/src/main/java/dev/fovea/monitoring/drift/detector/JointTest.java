package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.statistics.drift.LearnedDirection;
import dev.fovea.statistics.drift.Shifts;
import dev.fovea.statistics.drift.ShrunkPrecision;
import dev.fovea.statistics.drift.TiedRank;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** All coordinates of an aspect, along the direction in which the blocks before went. */
final class JointTest implements DriftTest {

    /**
     * Blocks that are ranked among, for each coordinate that is used. With fewer, the error of the quiet blocks' mean
     * is a direction that later blocks seem to have moved in.
     */
    private static final int BLOCKS_PER_COORDINATE = 60;

    /** The most blocks that a block is ranked among. */
    private static final int RANKED = 400;

    private final Aspect aspect;
    private final int[] own;
    private int used;
    private final double share;
    private final LearnedDirection learned;
    private double[][] precision = new double[0][];
    private final Deque<double[]> recent = new ArrayDeque<>();
    private RankedBlocks ranked = new RankedBlocks(0);
    private long learnedFrom = Long.MAX_VALUE;

    /**
     * @param own places of the coordinates
     * @param share weight of the newest block in the direction
     */
    JointTest(Aspect aspect, int[] own, double share) {
        this.aspect = aspect;
        this.own = own;
        this.share = share;
        this.learned = new LearnedDirection(own.length, share);
    }

    @Override
    public String name() {
        return "%s together, %d blocks".formatted(aspect.label(), Math.round(2 / share - 1));
    }

    @Override
    public Aspect aspect() {
        return aspect;
    }

    @Override
    public Shifts shifts() {
        return Shifts.UPWARD;
    }

    @Override
    public boolean isLearned() {
        return true;
    }

    @Override
    public TiedRank rank(double[] errors) {
        if (ranked.isEmpty()) {
            return TiedRank.NONE;
        }
        double[] block = block(errors);
        TiedRank rank = ranked.rank(learned.direction(precision), block);
        learned.learn(block);
        return rank;
    }

    /** A block is ranked among once the direction has nearly forgotten it. */
    @Override
    public void add(double[] errors) {
        if (!ranked.isEmpty()) {
            recent.addLast(Arrays.copyOf(block(errors), used));
            if (recent.size() > memory()) {
                ranked.add(recent.removeFirst());
            }
        }
    }

    private long memory() {
        return Math.round(2 / share);
    }

    @Override
    public void fit(QuietModel model, long now) {
        List<QuietBlock> blocks = model.blocks();
        learnedFrom = Math.min(learnedFrom, now);
        long newest = Math.max(learnedFrom, now - memory());
        int[] old = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).number() < newest)
                .toArray();
        used = Math.min(own.length, old.length / BLOCKS_PER_COORDINATE);
        recent.clear();
        ranked = new RankedBlocks(used);
        if (used < 2) {
            return;
        }
        double[][] rows = new double[blocks.size()][used];
        for (int k = 0; k < used; k++) {
            double[] errors = model.fits().get(own[k]).errors();
            for (int i = 0; i < rows.length; i++) {
                rows[i][k] = Double.isNaN(errors[i]) ? 0 : errors[i];
            }
        }
        precision = ShrunkPrecision.of(rows);
        int step = Math.max(1, (old.length + RANKED - 1) / RANKED);
        for (int i = 0; i < old.length; i += step) {
            ranked.add(leftOut(rows[old[i]], rows.length));
        }
        for (int i = 0; i < rows.length; i++) {
            if (blocks.get(i).number() >= newest) {
                recent.addLast(rows[i]);
            }
        }
    }

    @Override
    public DriftTest fresh() {
        JointTest fresh = new JointTest(aspect, own, share);
        fresh.used = used;
        fresh.precision = precision;
        fresh.ranked = new RankedBlocks(ranked);
        return fresh;
    }

    @Override
    public void reset() {
        learned.reset();
    }

    /** The row as it scores with a covariance that was estimated without it (Sherman–Morrison). */
    private double[] leftOut(double[] row, int rows) {
        double distance = 0;
        for (int a = 0; a < used; a++) {
            for (int b = 0; b < used; b++) {
                distance += row[a] * precision[a][b] * row[b];
            }
        }
        double factor = 1 / (1 - Math.min(0.9, distance / rows));
        return Arrays.stream(row).map(value -> value * factor).toArray();
    }

    private double[] block(double[] errors) {
        double[] block = new double[own.length];
        for (int k = 0; k < own.length; k++) {
            double error = errors[own[k]];
            block[k] = Double.isNaN(error) ? 0 : error;
        }
        return block;
    }
}
