package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.Rhythm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The quiet blocks that new ones are compared with: the last days, and a random choice of the days before once there
 * are many. Not thread-safe.
 */
final class QuietTraffic {

    /** The most blocks that are kept. */
    private static final int CAPACITY = 2200;

    /** By how much the blocks grow before all is fitted anew. */
    private static final double GROWTH = 1.15;

    /** Below so many blocks the error of the fit matters, and it is fitted anew more often. */
    private static final int FEW = 400;

    private static final double GROWTH_OF_FEW = 1.03;

    private final List<QuietBlock> blocks = new ArrayList<>();
    private long seen;
    private long fittedAt;

    void add(QuietBlock block) {
        seen++;
        blocks.add(block);
        if (blocks.size() > CAPACITY) {
            int[] days = blocks.stream().mapToInt(QuietBlock::day).distinct().toArray();
            // the newest day is not complete
            int day = days[new SplittableRandom(block.number()).nextInt(Math.max(1, days.length - 1))];
            blocks.removeIf(old -> old.day() == day);
        }
    }

    /** Removes the blocks from this one on, which were no quiet ones. */
    void removeFrom(long number) {
        int before = blocks.size();
        blocks.removeIf(block -> block.number() >= number);
        seen -= before - blocks.size();
        fittedAt = 0;
    }

    /** Whether so much was added that it should be fitted anew. */
    boolean isStale() {
        return seen >= (fittedAt < FEW ? GROWTH_OF_FEW : GROWTH) * fittedAt;
    }

    int size() {
        return blocks.size();
    }

    /** Days with a block. */
    int days() {
        return (int) blocks.stream().mapToInt(QuietBlock::day).distinct().count();
    }

    /** Whether nearly all blocks have a value of this coordinate. */
    boolean knows(int coordinate) {
        long known = blocks.stream()
                .filter(block -> !Double.isNaN(block.values()[0][coordinate]))
                .count();
        return known >= 0.9 * blocks.size();
    }

    /** In the order of time. */
    List<QuietBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** What is expected of the coordinates from now on. */
    QuietModel fit(List<Coordinate> coordinates, Rhythm longest) {
        fittedAt = seen;
        return QuietModel.of(blocks(), coordinates, longest);
    }
}
