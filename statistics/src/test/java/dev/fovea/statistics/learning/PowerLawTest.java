package dev.fovea.statistics.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PowerLawTest {

    private static final double[] SIZES = {5, 10, 20, 40, 80, 160};

    @Test
    void shouldFindTheLawThatDrewTheErrors() {
        PowerLaw drawn = new PowerLaw(0.12, 0.9, 0.6);
        PowerLaw fitted = PowerLaw.fit(SIZES, errors(drawn), ones());
        assertThat(fitted.floor()).isCloseTo(0.12, within(0.01));
        assertThat(fitted.exponent()).isCloseTo(0.6, within(0.03));
        assertThat(fitted.error(1000)).isCloseTo(drawn.error(1000), within(0.005));
        assertThat(fitted.sizeFor(0.15).orElseThrow())
                .isCloseTo(drawn.sizeFor(0.15).orElseThrow(), within(40.0));
    }

    @Test
    void shouldReachAnErrorAtTheSizeItNames() {
        PowerLaw law = new PowerLaw(0.1, 0.5, 0.5);
        assertThat(law.sizeFor(0.15).orElseThrow()).isCloseTo(100, within(1e-9));
        assertThat(law.error(100)).isCloseTo(0.15, within(1e-12));
        assertThat(law.sizeFor(0.1)).isEmpty();
    }

    @Test
    void shouldNotExtrapolateErrorsThatGrowToBelowZero() {
        PowerLaw growing = PowerLaw.fit(SIZES, new double[] {0.1, 0.1, 0.12, 0.12, 0.14, 0.14}, ones());
        assertThat(growing.scale()).isZero();
        assertThat(growing.error(1e6)).isCloseTo(0.12, within(1e-9));
        PowerLaw steep = PowerLaw.fit(SIZES, errors(new PowerLaw(0, 2, 1.2)), ones());
        assertThat(steep.floor()).isCloseTo(0, within(0.003));
        assertThat(steep.error(1e6)).isBetween(0.0, 0.003);
    }

    private static double[] errors(PowerLaw law) {
        return Arrays.stream(SIZES).map(law::error).toArray();
    }

    private static double[] ones() {
        return new double[] {1, 1, 1, 1, 1, 1};
    }
}
