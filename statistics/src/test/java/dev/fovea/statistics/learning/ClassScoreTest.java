package dev.fovea.statistics.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Worked by hand from 6 of 10 images of the first class found, and 80 of 90 of the second. */
class ClassScoreTest {

    private static final double[][] CONFUSION = {{6, 4}, {10, 80}};

    @Test
    void shouldScoreAsByHand() {
        assertThat(ClassScore.accuracy().of(CONFUSION)).isEqualTo(0.86);
        assertThat(ClassScore.recall(0).of(CONFUSION)).isEqualTo(0.6);
        assertThat(ClassScore.precision(0).of(CONFUSION)).isEqualTo(6 / 16.0);
        assertThat(ClassScore.f1(0).of(CONFUSION)).isCloseTo(12 / 26.0, within(1e-12));
        assertThat(ClassScore.balancedAccuracy().of(CONFUSION)).isCloseTo((0.6 + 80 / 90.0) / 2, within(1e-12));
        assertThat(ClassScore.macroF1().of(CONFUSION)).isCloseTo((12 / 26.0 + 160 / 174.0) / 2, within(1e-12));
    }

    @Test
    void shouldLeaveOutClassesWithoutImages() {
        double[][] absent = {{5, 0, 0}, {0, 5, 0}, {0, 0, 0}};
        assertThat(ClassScore.macroF1().of(absent)).isEqualTo(1);
        assertThat(ClassScore.balancedAccuracy().of(absent)).isEqualTo(1);
        assertThat(ClassScore.recall(2).of(absent)).isZero();
    }
}
