package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.ConformalRank;
import dev.fovea.statistics.drift.Shifts;
import dev.fovea.statistics.drift.TiedRank;
import java.util.Arrays;

/** One coordinate, to either side. */
final class SingleTest implements DriftTest {
    private final Coordinate coordinate;
    private final int index;
    private ConformalRank quiet = new ConformalRank(new double[0], 0);

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
    public TiedRank rank(double[] errors) {
        return Double.isNaN(errors[index]) ? TiedRank.NONE : quiet.rank(errors[index]);
    }

    @Override
    public void add(double[] errors) {
        if (!Double.isNaN(errors[index])) {
            quiet.add(errors[index]);
        }
    }

    @Override
    public void fit(QuietModel model, long now) {
        QuietFit fit = model.fits().get(index);
        quiet = new ConformalRank(
                Arrays.stream(fit.errors())
                        .filter(error -> !Double.isNaN(error))
                        .toArray(),
                fit.resolution());
    }

    @Override
    public DriftTest fresh() {
        return this;
    }

    @Override
    public void reset() {}
}
