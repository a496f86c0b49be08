package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The estimated share of wrong labels: of a class, the items labelled so that count for another class among those that
 * count for any ({@link ConfidentJoint}); in all, the mean of the classes weighted by their items.
 *
 * <p>The interval of a class is Wilson's for that proportion; the overall one combines them by the variance estimates
 * recovery of {@link dev.fovea.statistics.MeanOfProportions}. They say how far another draw of as many items would move
 * the estimate. They do not cover a bias of the classifier: two classes that it cannot tell apart look like wrong
 * labels.
 *
 * @param share in all
 * @param shares by class, {@code [K]}; empty for a class without items
 * @param items N
 */
public record LabelNoise(Interval share, List<Optional<Interval>> shares, long items) {

    public LabelNoise {
        shares = List.copyOf(shares);
    }

    /** The estimate at 95 % confidence. */
    public static LabelNoise of(ConfidentJoint joint) {
        return of(joint, Interval.DEFAULT_LEVEL);
    }

    /** The estimate at a level of confidence such as 0.95. */
    public static LabelNoise of(ConfidentJoint joint, double level) {
        Require.confidenceLevel(level);
        List<Optional<Interval>> shares = new ArrayList<>();
        long items = 0;
        for (int k = 0; k < joint.classes(); k++) {
            long counted = joint.counted(k);
            items += joint.labelled(k);
            shares.add(
                    joint.labelled(k) == 0
                            ? Optional.empty()
                            : Optional.of(WilsonInterval.of(counted - joint.count(k, k), counted, level)));
        }
        double sum = 0;
        double down = 0;
        double up = 0;
        for (int k = 0; k < joint.classes(); k++) {
            if (shares.get(k).isPresent()) {
                Interval one = shares.get(k).get();
                double weight = (double) joint.labelled(k) / items;
                sum += weight * one.value();
                down += Math.pow(weight * (one.value() - one.low()), 2);
                up += Math.pow(weight * (one.high() - one.value()), 2);
            }
        }
        return new LabelNoise(Interval.within(sum, sum - Math.sqrt(down), sum + Math.sqrt(up), 0, 1), shares, items);
    }

    /** The estimated number of wrong labels. */
    public double wrong() {
        return share.value() * items;
    }
}
