package dev.fovea.statistics.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Predictions whose errors are drawn from a known power law; an image that is hard stays hard. */
class LearningCurveTest {

    private static final int IMAGES = 600;
    private static final int CLASSES = 3;
    private static final double[] SIZES = {10, 14, 20, 28, 40, 57, 80};
    private static final int[] LABELS =
            IntStream.range(0, IMAGES).map(i -> i % CLASSES).toArray();
    private static final int[] ALONE = IntStream.range(0, IMAGES).toArray();

    @Test
    void shouldCoverTheLawInNearlyAllDraws() {
        PowerLaw law = new PowerLaw(0.1, 1.2, 0.6);
        int expected = 0;
        int needed = 0;
        int runs = 40;
        for (int seed = 0; seed < runs; seed++) {
            LearningCurve curve = curve(law, seed);
            expected += curve.at(320).contains(1 - law.error(320)) ? 1 : 0;
            double truth = law.sizeFor(0.15).orElseThrow();
            needed += curve.needed(0.85)
                            .filter(size ->
                                    size.least() <= truth && size.most().orElse(Double.POSITIVE_INFINITY) >= truth)
                            .isPresent()
                    ? 1
                    : 0;
        }
        // 95 % of 40 are 38; fewer than 34 have a probability below 0.4 %
        assertThat(expected).isGreaterThanOrEqualTo(34);
        assertThat(needed).isGreaterThanOrEqualTo(34);
    }

    @Test
    void shouldSayThatATargetAboveTheLimitIsNotReached() {
        LearningCurve curve = curve(new PowerLaw(0.25, 2, 1), 1);
        assertThat(curve.limit().high()).isLessThan(0.9);
        assertThat(curve.needed(0.95)).isEmpty();
        assertThat(curve.needed(0.5).orElseThrow().most()).isPresent();
    }

    @Test
    void shouldShowWhatWasMeasured() {
        PowerLaw law = new PowerLaw(0.1, 1.2, 0.6);
        LearningCurve curve = curve(law, 3);
        assertThat(curve.points()).hasSize(SIZES.length);
        assertThat(curve.points().getLast().images()).isEqualTo(80);
        assertThat(curve.points().getLast().score().value()).isCloseTo(1 - law.error(80), within(0.05));
        assertThat(curve.points())
                .allSatisfy(point -> assertThat(point.score().width()).isBetween(0.01, 0.15));
    }

    @Test
    void shouldGiveTheSameCurveForTheSameSeed() {
        PowerLaw law = new PowerLaw(0.1, 1.2, 0.6);
        assertThat(curve(law, 4).at(300)).isEqualTo(curve(law, 4).at(300));
    }

    @Test
    void shouldRefuseTooFewSizes() {
        List<LearnedSize> two = learned(new PowerLaw(0.1, 1, 1), 1).subList(0, 2);
        assertThatThrownBy(() -> LearningCurve.of(LABELS, ALONE, CLASSES, two, ClassScore.accuracy(), 1))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("2 sizes");
    }

    private static LearningCurve curve(PowerLaw law, int seed) {
        return LearningCurve.of(LABELS, ALONE, CLASSES, learned(law, seed), ClassScore.accuracy(), seed);
    }

    private static List<LearnedSize> learned(PowerLaw law, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] hardness = random.doubles(IMAGES).toArray();
        List<LearnedSize> sizes = new ArrayList<>();
        for (double size : SIZES) {
            int[][] predictions = new int[4][IMAGES];
            for (int[] of : predictions) {
                // classifiers of one size differ in how well they learned
                double error = Math.clamp(law.error(size) + 0.01 * (random.nextDouble() - 0.5), 0, 1);
                for (int i = 0; i < IMAGES; i++) {
                    boolean hard = (hardness[i] + random.nextDouble() * 0.02) % 1 < error;
                    of[i] = hard ? (LABELS[i] + 1) % CLASSES : LABELS[i];
                }
            }
            sizes.add(new LearnedSize(size, predictions));
        }
        return sizes;
    }
}
