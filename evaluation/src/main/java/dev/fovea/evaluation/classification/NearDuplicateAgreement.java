package dev.fovea.evaluation.classification;

import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How often a model gives different labels to two images that look nearly the same: what it would cost to answer one
 * with the other's answer.
 *
 * @param images how many were compared with each other
 * @param rows by distance, from 0
 */
public record NearDuplicateAgreement(int images, List<Row> rows) {

    /** The largest distance that is looked at, of 64 bits. */
    public static final int FARTHEST = 12;

    public NearDuplicateAgreement {
        rows = List.copyOf(rows);
    }

    /** What an image looks like, and the label that the model gives it. */
    public record Seen(PerceptualHash look, String label) {}

    /**
     * All pairs within a distance.
     *
     * @param distance the most bits in which the looks of a pair differ
     * @param pairs how many there are
     * @param changed of how many the labels differ
     * @param share the share of those with its 95 % interval; empty without pairs. Pairs of the same image are not
     *     independent, so the interval is narrower than it should be where few images make many pairs
     */
    public record Row(int distance, long pairs, long changed, Optional<Interval> share) {}

    /** Compares each image with each; an image that is there twice, byte for byte, should be given once. */
    public static NearDuplicateAgreement of(List<Seen> seen) {
        long[] pairs = new long[FARTHEST + 1];
        long[] changed = new long[FARTHEST + 1];
        for (int i = 0; i < seen.size(); i++) {
            Seen one = seen.get(i);
            for (int j = i + 1; j < seen.size(); j++) {
                int distance = one.look().distance(seen.get(j).look());
                if (distance <= FARTHEST) {
                    pairs[distance]++;
                    changed[distance] += one.label().equals(seen.get(j).label()) ? 0 : 1;
                }
            }
        }
        return new NearDuplicateAgreement(seen.size(), rows(pairs, changed));
    }

    private static List<Row> rows(long[] pairs, long[] changed) {
        List<Row> rows = new ArrayList<>();
        long all = 0;
        long different = 0;
        for (int distance = 0; distance <= FARTHEST; distance++) {
            all += pairs[distance];
            different += changed[distance];
            rows.add(new Row(distance, all, different, share(different, all)));
        }
        return rows;
    }

    private static Optional<Interval> share(long changed, long pairs) {
        if (pairs == 0) {
            return Optional.empty();
        }
        // past the range of the formula's counts the interval has no width to speak of
        long scale = 1 + pairs / Integer.MAX_VALUE;
        return Optional.of(WilsonInterval.of(Math.min(changed / scale, pairs / scale), pairs / scale));
    }

    /**
     * The largest distance within which no label changes, and at which there are pairs to show it; empty when labels
     * change at every distance or there is nothing to judge by.
     */
    public OptionalInt safe() {
        OptionalInt safe = OptionalInt.empty();
        long before = 0;
        for (Row row : rows) {
            if (row.changed() > 0) {
                break;
            }
            if (row.pairs() > before) {
                safe = OptionalInt.of(row.distance());
            }
            before = row.pairs();
        }
        return safe;
    }
}
