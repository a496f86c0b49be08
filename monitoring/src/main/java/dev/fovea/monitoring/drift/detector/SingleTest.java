package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.ConformalRank;
import dev.fovea.statistics.drift.Shifts;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** One coordinate, to either side. */
final class SingleTest implements DriftTest {
    private final Coordinate coordinate;
    private final int index;
    private ConformalRank rank = new ConformalRank(new double[0]);

    SingleTest(Coordinate coordinate, int index) {
        this.coordinate = coordinate;
        this.index = index;
    }

    int index() {
        return index;
    }

    @Override
    public String name() {
        return coordinate.name();
    }

    @Override
    public Aspect aspect() {
        return coordinate.aspect();
    }

    @Override
    public Shifts shifts() {
        return Shifts.TWO_SIDED;
    }

    @Override
    public boolean isLearned() {
        return false;
    }

    @Override
    public double score(double[] errors, RandomGenerator random) {
        double tie = random.nextDouble();
        return Double.isNaN(errors[index]) ? Double.NaN : rank.normalScore(errors[index], tie);
    }

    @Override
    public void add(double[] errors) {
        if (!Double.isNaN(errors[index])) {
            rank.add(errors[index]);
        }
    }

    @Override
    public void fit(QuietModel model, long now) {
        rank = new ConformalRank(Arrays.stream(model.fits().get(index).errors())
                .filter(error -> !Double.isNaN(error))
                .toArray());
    }

    @Override
    public DriftTest fresh() {
        return this;
    }

    @Override
    public void reset() {}
}
