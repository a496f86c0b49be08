package dev.fovea.monitoring.drift.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SingleTestTest {

    private static final Coordinate LABEL =
            new Coordinate(Aspect.LABELS, "label rare", Coordinate.SumScale.LINEAR, "share of images");
    private static final int QUIET = 120;
    private static final int NEW = 200;

    /** The mean score of blocks without a change, over many versions. */
    private static double meanScore(Rhythm rhythm, ToDoubleFunction<RandomGenerator> values) {
        RandomGenerator random = new SplittableRandom(11);
        int versions = 40;
        double sum = 0;
        for (int version = 0; version < versions; version++) {
            Recent recent = new Recent();
            QuietTraffic quiet = new QuietTraffic();
            for (int i = 0; i < QUIET; i++) {
                quiet.add(block(i, recent, rhythm, values.applyAsDouble(random)));
            }
            QuietModel model = quiet.fit(List.of(LABEL), rhythm);
            SingleTest test = new SingleTest(LABEL, 0);
            test.fit(model, QUIET);
            for (int i = QUIET; i < QUIET + NEW; i++) {
                double error = model.fits().getFirst().error(block(i, recent, rhythm, values.applyAsDouble(random)), 0);
                sum += test.rank(new double[] {error}).meanScore() / NEW / versions;
            }
        }
        return sum;
    }

    /** The block with a number, of six hours. */
    private static QuietBlock block(int number, Recent recent, Rhythm rhythm, double value) {
        Instant start = DrawnBlocks.START.plus(Duration.ofHours(6L * number));
        Instant end = start.plus(Duration.ofHours(6));
        Block block = new Block(start, end, 25, new double[] {value});
        return recent.next(number, number / 4, block, rhythm.regressors(start, end, ZoneOffset.UTC));
    }

    /** Of 25 images, of which one in 400 has the label. */
    private static double rare(RandomGenerator random) {
        return random.nextDouble() < 0.06 ? 1 / 25.0 : 0;
    }

    @Test
    void aRareLabelHasNoScoreOnAverage() {
        double mean = meanScore(Rhythm.NONE, SingleTestTest::rare);
        // without its own day, a block without the label was ranked by how often the label came on that day: 0.85
        assertThat(mean).isCloseTo(0, within(0.1));
    }

    @Test
    void aRareLabelInARhythmHasNoScoreOnAverage() {
        double mean = meanScore(Rhythm.WEEKLY, SingleTestTest::rare);
        assertThat(mean).isCloseTo(0, within(0.1));
    }

    @Test
    void aNumberThatAllBlocksShareHasNoScoreAtAll() {
        double mean = meanScore(Rhythm.WEEKLY, _ -> 90);
        assertThat(mean).isCloseTo(0, within(1e-9));
    }
}
