package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonInferiorityTest {

    /** (1.959964 + 0.841621)² = 7.848879, times the discordant share, over the squared margin; worked by hand. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.05, 314",
        "0.2, 0.1, 157",
        "0.02, 0.005, 6280",
        "0.001, 0.01, 381",
        "0, 0.005, 765",
        "0, 0.05, 73"
    })
    void shouldRequireTheTrialsOfTheFormula(double discordant, double margin, long trials) {
        assertThat(NonInferiority.trials(discordant, margin, 0.95)).isEqualTo(trials);
    }

    /** With so many concordant trials, Newcombe's interval just stays within the margin; with one fewer it does not. */
    @Test
    void shouldRequireTheMinimumTrialsOfTheInterval() {
        assertThat(new PairedProportions(765, 0, 0, 0).difference().low()).isGreaterThan(-0.005);
        assertThat(new PairedProportions(764, 0, 0, 0).difference().low()).isLessThan(-0.005);
        assertThat(NonInferiority.power(764, 0, 0.005, 0.95)).isZero();
        assertThat(NonInferiority.power(765, 0, 0.005, 0.95)).isEqualTo(1);
    }

    /** 3,000 drawn tables each: the share whose interval stays within the margin is the power. */
    @ParameterizedTest
    @CsvSource({"314, 0.1, 0.05", "600, 0.1, 0.05", "1500, 0.04, 0.02"})
    void shouldHaveThePowerThatItStates(int trials, double discordant, double margin) {
        SplittableRandom random = new SplittableRandom(5);
        int shown = 0;
        for (int draw = 0; draw < 3000; draw++) {
            int[] counts = new int[4];
            for (int i = 0; i < trials; i++) {
                double u = random.nextDouble();
                counts[
                        u < discordant / 2
                                ? 1
                                : u < discordant ? 2 : u < discordant + 0.75 * (1 - discordant) ? 0 : 3]++;
            }
            PairedProportions table = new PairedProportions(counts[0], counts[1], counts[2], counts[3]);
            shown += table.difference().low() > -margin ? 1 : 0;
        }
        assertThat(shown / 3000.0).isCloseTo(NonInferiority.power(trials, discordant, margin, 0.95), within(0.04));
    }

    /**
     * 20,000 drawn tables each, whose second proportion is truly lower by just the margin: of those, at most 2.5 % may
     * be called non-inferior. Four standard errors of the simulation are 0.45 points.
     */
    @ParameterizedTest
    @CsvSource({"1000, 0.01, 0.03", "1000, 0.02, 0.06", "2000, 0.005, 0.02", "765, 0.005, 0.005"})
    void shouldKeepItsErrorRateAtTheMargin(int trials, double margin, double discordant) {
        SplittableRandom random = new SplittableRandom(6);
        double lost = (discordant + margin) / 2;
        int shown = 0;
        for (int draw = 0; draw < 20_000; draw++) {
            int[] counts = new int[4];
            for (int i = 0; i < trials; i++) {
                double u = random.nextDouble();
                counts[u < lost ? 1 : u < discordant ? 2 : u < discordant + 0.9 * (1 - discordant) ? 0 : 3]++;
            }
            PairedProportions table = new PairedProportions(counts[0], counts[1], counts[2], counts[3]);
            shown += table.difference().low() >= -margin ? 1 : 0;
        }
        assertThat(shown / 20_000.0).isLessThanOrEqualTo(0.025 + 0.0045);
    }

    @Test
    void shouldRejectAnInvalidMargin() {
        assertThatThrownBy(() -> NonInferiority.trials(0.1, 0, 0.95)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> NonInferiority.power(10, 0.1, 1, 0.95)).isInstanceOf(FoveaException.class);
    }
}
