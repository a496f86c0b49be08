package dev.fovea.evaluation.classification;

import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rate of different labels for near-duplicates: the error of serving one from the other's cached response.
 *
 * @param images number of compared images
 * @param rows by distance, from 0
 */
public record NearDuplicateAgreement(int images, List<DistanceAgreement> rows) {

    /** The maximum Hamming distance, of 64 bits. */
    public static final int FARTHEST = 12;

    public NearDuplicateAgreement {
        rows = List.copyOf(rows);
    }

    /** The perceptual hash of an image and its predicted label. */
    public record HashedPrediction(PerceptualHash hash, String label) {}

    /**
     * All pairs within a distance.
     *
     * @param distance maximum Hamming distance of a pair
     * @param pairs number of pairs
     * @param changed number of pairs with different labels
     * @param share fraction of pairs with different labels and its 95 % interval; empty without pairs. Pairs that share
     *     an image are dependent, so the interval is too narrow where few images make many pairs
     */
    public record DistanceAgreement(int distance, long pairs, long changed, Optional<Interval> share) {}

    /** Compares all pairs of distinct files. */
    public static NearDuplicateAgreement of(List<HashedPrediction> seen) {
        long[] pairs = new long[FARTHEST + 1];
        long[] changed = new long[FARTHEST + 1];
        for (int i = 0; i < seen.size(); i++) {
            HashedPrediction one = seen.get(i);
            for (int j = i + 1; j < seen.size(); j++) {
                int distance = one.hash().distance(seen.get(j).hash());
                if (distance <= FARTHEST) {
                    pairs[distance]++;
                    changed[distance] += one.label().equals(seen.get(j).label()) ? 0 : 1;
                }
            }
        }
        return new NearDuplicateAgreement(seen.size(), rows(pairs, changed));
    }

    private static List<DistanceAgreement> rows(long[] pairs, long[] changed) {
        List<DistanceAgreement> rows = new ArrayList<>();
        long all = 0;
        long different = 0;
        for (int distance = 0; distance <= FARTHEST; distance++) {
            all += pairs[distance];
            different += changed[distance];
            rows.add(new DistanceAgreement(distance, all, different, share(different, all)));
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
     * The maximum distance with pairs and without label changes. Empty when labels change at every distance or there
     * are no pairs.
     */
    public OptionalInt safe() {
        OptionalInt safe = OptionalInt.empty();
        long before = 0;
        for (DistanceAgreement row : rows) {
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
