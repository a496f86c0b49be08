package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreLineTest {

    @Test
    void shouldFollowTheScoresNearTheThreshold() {
        // a line near 0, and something else far from it
        double[] original =
                IntStream.rangeClosed(-40, 40).mapToDouble(i -> i / 4.0).toArray();
        double[] changed = Arrays.stream(original)
                .map(score -> Math.abs(score) < 5.5 ? 0.7 + 1.2 * score : -50)
                .toArray();
        ScoreLine line = ScoreLine.of(original, changed);
        assertThat(line.offset()).isEqualTo(0.7, within(1e-9));
        assertThat(line.slope()).isEqualTo(1.2, within(1e-9));
    }

    @Test
    void shouldOnlyShiftScoresThatDoNotVary() {
        double[] original = new double[20];
        Arrays.fill(original, -2);
        double[] changed = new double[20];
        Arrays.fill(changed, -1.5);
        assertThat(ScoreLine.of(original, changed)).isEqualTo(new ScoreLine(0.5, 1));
    }
}
