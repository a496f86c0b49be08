package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.LabelPeer;
import dev.fovea.statistics.agreement.Agreement.Coefficient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our coefficients against krippendorff and statsmodels, on the same drawn labels. */
@Timeout(300)
class AgreementPeersTest {

    private static final Offset<Double> EQUAL = within(1e-6);

    private static final DrawnRatings GAPS = DrawnRatings.withGaps();

    private static final Bootstrap SMALL = new Bootstrap(100, 1, 0.95);

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheAlphaOfKrippendorff() throws IOException {
        Map<String, double[]> peer = run("krippendorff");
        assertThat(value(KrippendorffAlpha.nominal(GAPS.ratings()))).isCloseTo(number(peer, "nominal"), EQUAL);
        assertThat(value(KrippendorffAlpha.of(GAPS.ratings(), (a, b) -> (double) (a - b) * (a - b), SMALL)))
                .isCloseTo(number(peer, "interval"), EQUAL);
    }

    @Test
    void shouldGiveTheKappasOfStatsmodels() throws IOException {
        Map<String, double[]> peer = run("statsmodels");
        for (int one = 0; one < 6; one++) {
            for (int other = one + 1; other < 6; other++) {
                double[] expected = numbers(peer, "cohen-%d-%d".formatted(one, other));
                Interval kappa = ((Coefficient) CohenKappa.of(GAPS.ratings(), one, other)).value();
                assertThat(kappa.value()).isCloseTo(expected[0], EQUAL);
                // the bootstrap against the variance of Fleiss, Cohen and Everitt
                double width = expected[2] - expected[1];
                assertThat(kappa.low()).isCloseTo(expected[1], within(0.1 * width));
                assertThat(kappa.high()).isCloseTo(expected[2], within(0.1 * width));
            }
        }
        int[][] complete = Arrays.stream(GAPS.table())
                .filter(row -> Arrays.stream(row).noneMatch(label -> label == Ratings.MISSING))
                .toArray(int[][]::new);
        assertThat(complete.length).isGreaterThan(30);
        assertThat(value(FleissKappa.of(Ratings.of(4, complete)))).isCloseTo(number(peer, "fleiss"), EQUAL);
    }

    private Map<String, double[]> run(String peer) throws IOException {
        return LabelPeer.require(peer, peer, directory).run(GAPS.lines());
    }

    private static double value(Agreement agreement) {
        return ((Coefficient) agreement).value().value();
    }

    private static double[] numbers(Map<String, double[]> peer, String name) {
        return Objects.requireNonNull(peer.get(name), name);
    }

    private static double number(Map<String, double[]> peer, String name) {
        return numbers(peer, name)[0];
    }
}
