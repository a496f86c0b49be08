package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers: numpy and {@code scipy.optimize.minimize_scalar} 1.17.1 on the same drawn logits. */
class CalibrationTest {

    @ParameterizedTest
    @CsvSource({
        "200, 3, 7, 1.0, 0.0903046032680887, 0.08646424666034545",
        "200, 3, 7, 3.0, 0.11023654892512005, 0.1065663481469597",
        "500, 10, 42, 2.0, 0.20204611803121725, 0.2020461180312173",
        "180, 3, 5, 0.4, 0.15946122586233055, 0.16647245898433827"
    })
    void shouldGiveTheErrorsThatNumpyGives(int n, int k, int seed, double scale, double width, double mass) {
        DrawnLogits drawn = DrawnLogits.draw(n, k, seed, scale);
        assertThat(Calibration.equalWidth(drawn.confidences(1), drawn.right()).error())
                .isCloseTo(width, within(1e-9));
        assertThat(Calibration.equalMass(drawn.confidences(1), drawn.right(), 15)
                        .error())
                .isCloseTo(mass, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 3, 7, 1.0, 0.9439788218190871, 0.4771480660970822, 0.47569205050059765",
        "200, 3, 7, 3.0, 2.8319364161593423, 0.70648247735176, 0.4756920502518083",
        "500, 10, 42, 2.0, 2.1268024456686114, 1.6614572626977928, 1.3662841820228933",
        "180, 3, 5, 0.4, 0.5214022232480933, 0.69437415635904, 0.6162986900397142"
    })
    void shouldFitTheTemperatureThatScipyFits(
            int n, int k, int seed, double scale, double temperature, double before, double after) {
        DrawnLogits drawn = DrawnLogits.draw(n, k, seed, scale);
        TemperatureScaling fit = TemperatureScaling.fit(drawn.logits(), drawn.labels());
        assertThat(fit.temperature()).isCloseTo(temperature, within(1e-6));
        assertThat(fit.lossBefore()).isCloseTo(before, within(1e-9));
        assertThat(fit.lossAfter()).isCloseTo(after, within(1e-7));
    }

    @Test
    void shouldLowerTheErrorOfAnOverconfidentModel() {
        DrawnLogits drawn = DrawnLogits.draw(5000, 3, 1, 4);
        double temperature =
                TemperatureScaling.fit(drawn.logits(), drawn.labels()).temperature();
        assertThat(temperature).isCloseTo(4, within(0.3));
        assertThat(Calibration.equalWidth(drawn.confidences(temperature), drawn.right())
                        .error())
                .isLessThan(0.02)
                .isLessThan(Calibration.equalWidth(drawn.confidences(1), drawn.right())
                                .error()
                        / 3);
    }

    @Test
    void shouldStayFiniteWhenEveryPredictionIsCorrect() {
        double[][] logits = new double[60][3];
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = i % 3;
            logits[i][i % 3] = 2 + 0.01 * i;
        }
        TemperatureScaling fit = TemperatureScaling.fit(logits, labels);
        assertThat(fit.temperature()).isStrictlyBetween(TemperatureScaling.MIN, 1.0);
        assertThat(Softmax.of(logits[0], fit.temperature())[0]).isBetween(0.95, 0.999);
    }

    @Test
    void shouldStopAtTheMaximumTemperatureWhenEveryPredictionIsWrong() {
        TemperatureScaling fit = TemperatureScaling.fit(new double[][] {{9, 0}, {0, 9}}, new int[] {1, 0});
        assertThat(fit.temperature()).isEqualTo(TemperatureScaling.MAX);
    }

    @Test
    void shouldLeaveTheTemperatureAtOneForUninformativeLogits() {
        assertThat(TemperatureScaling.fit(new double[][] {{3}, {5}}, new int[] {0, 0})
                        .temperature())
                .isEqualTo(1);
        assertThat(TemperatureScaling.fit(new double[][] {{2, 2}, {5, 5}}, new int[] {0, 1})
                        .temperature())
                .isEqualTo(1);
    }

    @Test
    void shouldRejectEmptyAndMismatchedArguments() {
        assertThatThrownBy(() -> TemperatureScaling.fit(new double[0][], new int[0]))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> TemperatureScaling.fit(new double[][] {{1, 2}}, new int[] {2}))
                .hasMessageContaining("label 2");
        assertThatThrownBy(() -> TemperatureScaling.fit(new double[][] {{1, 2}, {1}}, new int[] {0, 0}))
                .hasMessageContaining("1 logits");
        assertThatThrownBy(() -> Calibration.equalWidth(new double[0], new boolean[0]))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> Calibration.equalWidth(new double[] {1.5}, new boolean[] {true}))
                .hasMessageContaining("1.5");
    }

    @Property(tries = 200)
    void shouldFollowTheScaleOfTheLogits(@ForAll @DoubleRange(min = 0.3, max = 3) double factor, @ForAll byte seed) {
        DrawnLogits drawn = DrawnLogits.draw(100, 4, Math.abs(seed) + 1, 1.0);
        double[][] scaled = Arrays.stream(drawn.logits())
                .map(row -> Arrays.stream(row).map(z -> z * factor).toArray())
                .toArray(double[][]::new);
        double plain = TemperatureScaling.fit(drawn.logits(), drawn.labels()).temperature();
        assertThat(TemperatureScaling.fit(scaled, drawn.labels()).temperature())
                .isCloseTo(plain * factor, within(1e-6));
    }

    @Property(tries = 200)
    void shouldStayWithinBoundsForAnyLogits(
            @ForAll @Size(min = 3, max = 30) List<@DoubleRange(min = -1e4, max = 1e4) Double> numbers,
            @ForAll long seed) {
        Random random = new Random(seed);
        int n = numbers.size() / 3;
        double[][] logits = new double[n][];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            logits[i] = numbers.subList(3 * i, 3 * i + 3).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            labels[i] = random.nextInt(3);
        }
        TemperatureScaling fit = TemperatureScaling.fit(logits, labels);
        assertThat(fit.temperature()).isBetween(TemperatureScaling.MIN - 1e-9, TemperatureScaling.MAX + 1e-9);
        assertThat(fit.lossAfter()).isFinite();
    }

    @Property
    void shouldBoundTheErrorAndKeepEveryPrediction(
            @ForAll @Size(min = 1, max = 100) List<@DoubleRange(max = 1) Double> drawn, @ForAll long seed) {
        double[] confidences = drawn.stream().mapToDouble(Double::doubleValue).toArray();
        Random random = new Random(seed);
        boolean[] right = new boolean[confidences.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = random.nextBoolean();
        }
        for (Calibration calibration : new Calibration[] {
            Calibration.equalWidth(confidences, right), Calibration.equalMass(confidences, right, 15)
        }) {
            assertThat(calibration.error()).isBetween(0.0, 1.0);
            assertThat(calibration.bins().stream()
                            .mapToInt(Calibration.Bin::predictions)
                            .sum())
                    .isEqualTo(confidences.length);
        }
    }

    @Test
    void shouldPutBinEdgesIntoTheLowerBin() {
        Calibration calibration =
                Calibration.equalWidth(new double[] {0, 0.5, 0.500001, 1}, new boolean[] {true, true, true, true}, 2);
        assertThat(calibration.bins()).extracting(Calibration.Bin::predictions).containsExactly(2, 2);
        assertThat(calibration.error()).isCloseTo(0.5 * 0.75 + 0.5 * 0.2499995, within(1e-9));
    }
}
