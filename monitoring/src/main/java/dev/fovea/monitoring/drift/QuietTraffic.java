package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.LeaveGroupOut;
import dev.fovea.statistics.drift.Rhythm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * The fit of each coordinate to {@link #blocks}, with the rhythm that predicts the coordinates of an aspect best,
     * and with the blocks before where they help.
     */
    List<QuietFit> fit(List<Coordinate> coordinates, Rhythm known) {
        fittedAt = seen;
        int[] days = blocks.stream().mapToInt(QuietBlock::day).toArray();
        int span = days();
        List<LeaveGroupOut> rhythms = known.upTo().stream()
                .filter(rhythm -> rhythm.daysToLearn() <= span)
                .map(rhythm -> new LeaveGroupOut(
                        blocks.stream()
                                .map(block -> Arrays.copyOf(block.rhythm()[0], rhythm.count()))
                                .toArray(double[][]::new),
                        days))
                .toList();
        LeaveGroupOut.Fit[][] fits = new LeaveGroupOut.Fit[coordinates.size()][rhythms.size()];
        Map<Aspect, double[]> press = new EnumMap<>(Aspect.class);
        for (int j = 0; j < fits.length; j++) {
            double[] values = QuietFit.centred(blocks, j);
            for (int r = 0; r < rhythms.size(); r++) {
                fits[j][r] = rhythms.get(r).fit(values);
                double constant = fits[j][0].press();
                press.computeIfAbsent(coordinates.get(j).aspect(), absent -> new double[rhythms.size()])[r] +=
                        constant > 0 ? fits[j][r].press() / constant : 1;
            }
        }
        LeaveGroupOut.Fit[] rhythm = new LeaveGroupOut.Fit[fits.length];
        LeaveGroupOut.Fit[] lags = new LeaveGroupOut.Fit[fits.length];
        Map<Aspect, Double> gain = new EnumMap<>(Aspect.class);
        for (int j = 0; j < fits.length; j++) {
            Aspect aspect = coordinates.get(j).aspect();
            rhythm[j] = fits[j][least(Objects.requireNonNull(press.get(aspect)))];
            lags[j] = QuietFit.lags(blocks, days, rhythm[j], j);
            gain.merge(aspect, rhythm[j].press() > 0 ? 1 - lags[j].press() / rhythm[j].press() : 0, Double::sum);
        }
        List<QuietFit> chosen = new ArrayList<>(fits.length);
        for (int j = 0; j < fits.length; j++) {
            boolean lagged = gain.getOrDefault(coordinates.get(j).aspect(), 0.0) > 0;
            chosen.add(QuietFit.of(blocks, rhythm[j], lagged ? lags[j] : QuietFit.unlagged(rhythm[j]), j));
        }
        return chosen;
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
