package dev.fovea.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentagePointsTest {

    @ParameterizedTest
    @CsvSource({"0.004, +0.4", "-0.0123, -1.2", "0, 0.0", "-0.0004, 0.0", "0.0004, 0.0", "-0.0006, -0.1"})
    void shouldSignNonZeroDifferences(double difference, String words) {
        assertThat(PercentagePoints.of(difference)).isEqualTo(words);
    }

    @Test
    void shouldNameTheEnds() {
        assertThat(PercentagePoints.ends(new Interval(0.001, -0.002, 0.0041))).isEqualTo("-0.2 to +0.4");
    }
}
