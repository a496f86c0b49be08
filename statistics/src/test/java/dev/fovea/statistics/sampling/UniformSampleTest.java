package dev.fovea.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UniformSampleTest {

    private static final int ROWS = 1_000;
    private static final int KEPT = 100;

    private static List<Integer> sample(String name, IntStream rows) {
        UniformSample<Integer> sample = new UniformSample<>(KEPT);
        rows.forEach(row -> sample.offer(name + row, 7, row));
        assertThat(sample.offered()).isEqualTo(ROWS);
        return sample.rows();
    }

    @Test
    void shouldBeTheSameWhateverTheOrder() {
        List<Integer> forwards = sample("a", IntStream.range(0, ROWS));
        List<Integer> backwards = sample("a", IntStream.range(0, ROWS).map(row -> ROWS - 1 - row));

        assertThat(forwards).hasSize(KEPT).isSorted();
        assertThat(backwards).containsExactlyElementsOf(forwards.reversed());
    }

    @Test
    void shouldChooseEachRowAsOftenAsAnyOther() {
        int[] chosen = new int[ROWS];
        for (int run = 0; run < 400; run++) {
            sample("run " + run + " row ", IntStream.range(0, ROWS)).forEach(row -> chosen[row]++);
        }

        // chi-squared of 999 degrees of freedom, scaled by 1 - 1/10 for sampling without replacement: 99.98 % are below
        double expected = 40;
        double statistic = Arrays.stream(chosen)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(statistic / 0.9).isBetween(840.0, 1165.0);
    }

    @Test
    void shouldTellRowsOfOneNameApartByTheirNumber() {
        UniformSample<Integer> sample = new UniformSample<>(KEPT);

        IntStream.range(0, ROWS).forEach(row -> sample.offer("always", row, row));

        assertThat(sample.rows().stream().filter(row -> row < ROWS / 2)).hasSizeBetween(30, 70);
    }

    @Test
    void shouldKeepAllOfFewRows() {
        UniformSample<String> sample = new UniformSample<>(KEPT);

        sample.offer("b", 1, "first");
        sample.offer("a", 1, "second");

        assertThat(sample.rows()).containsExactly("first", "second");
    }

    @Test
    void shouldRefuseASampleOfNothing() {
        assertThatThrownBy(() -> new UniformSample<String>(0)).hasMessageContaining("at least 1");
    }
}
