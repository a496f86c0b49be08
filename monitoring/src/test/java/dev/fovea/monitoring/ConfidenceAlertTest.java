package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfidenceAlertTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final AlertState QUIET = new AlertState.Quiet();

    private final ConfidenceAlert alert = new ConfidenceAlert(AlertRule.DEFAULT);

    @Test
    void shouldRaiseWhenTheMeanFallsMoreThanFivePercent() {
        alert.promoted(NOON, Optional.of(0.90));
        answers(200, 0.856); // 4.9 % below
        assertThat(alert.state()).isEqualTo(QUIET);
        answers(200, 0.854); // 5.1 % below
        assertThat(alert.state()).isInstanceOfSatisfying(AlertState.Raised.class, raised -> {
            assertThat(raised.baseline()).isEqualTo(0.90);
            assertThat(raised.current()).isBetween(0.8539, 0.855);
            assertThat(raised.since()).isEqualTo(NOON);
        });
    }

    @Test
    void shouldWaitForAFullWindow() {
        alert.promoted(NOON, Optional.of(0.90));
        answers(199, 0.1);
        assertThat(alert.state()).isEqualTo(QUIET);
        answers(1, 0.1);
        assertThat(alert.state()).isInstanceOf(AlertState.Raised.class);
    }

    @Test
    void shouldClearOnlyWhenTheMeanIsWellBack() {
        alert.promoted(NOON, Optional.of(0.90));
        answers(200, 0.80);
        answers(200, 0.865); // 3.9 % below: between the two edges
        assertThat(alert.state()).isInstanceOf(AlertState.Raised.class);
        answers(200, 0.88); // 2.2 % below
        assertThat(alert.state()).isEqualTo(QUIET);
        answers(200, 0.865);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldTakeTheRecentWindowAsBaselineWhereThereIsOne() {
        answers(200, 0.70);
        alert.promoted(NOON, Optional.of(0.95));
        assertThat(alert.baseline())
                .isInstanceOfSatisfying(
                        Baseline.Known.class, known -> assertThat(known.mean()).isCloseTo(0.70, within(1e-9)));
        answers(200, 0.70);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldTakeTheFirstWindowAsBaselineWhereNothingElseIsKnown() {
        alert.promoted(NOON, Optional.empty());
        assertThat(alert.baseline()).isEqualTo(new Baseline.Awaited(NOON));
        answers(200, 0.5);
        assertThat(alert.baseline()).isEqualTo(new Baseline.Known(NOON, 0.5));
        answers(200, 0.4);
        assertThat(alert.state()).isInstanceOf(AlertState.Raised.class);
    }

    @Test
    void shouldKeepTheBaselineWhenTheSamePromotionIsSeenAgain() {
        alert.promoted(NOON, Optional.of(0.90));
        answers(200, 0.80);
        alert.promoted(NOON, Optional.of(0.50));
        assertThat(alert.baseline()).isEqualTo(new Baseline.Known(NOON, 0.90));
        assertThat(alert.state()).isInstanceOf(AlertState.Raised.class);
        alert.promoted(NOON.plusSeconds(60), Optional.of(0.50));
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldNotWatchAVersionThatWasNeverPromoted() {
        answers(200, 0.9);
        answers(200, 0.1);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldPassOverWhatIsNoNumber() {
        alert.promoted(NOON, Optional.of(0.90));
        answers(1000, Double.NaN);
        answers(200, 0.90);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldStayQuietWhileNothingChanges() {
        Random random = new Random(7);
        int raised = 0;
        for (int run = 0; run < 50; run++) {
            ConfidenceAlert watch = new ConfidenceAlert(AlertRule.DEFAULT);
            watch.promoted(NOON, Optional.of(0.94));
            for (int i = 0; i < 2000; i++) {
                watch.answered(confidence(random, 0.94), NOON);
                raised += watch.state() instanceof AlertState.Raised ? 1 : 0;
            }
        }
        assertThat(raised).as("answers under a false alarm, of 100,000").isZero();
    }

    @Test
    void shouldSeeALastingFallWithinElevenTenthsOfAWindow() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            ConfidenceAlert watch = new ConfidenceAlert(AlertRule.DEFAULT);
            watch.promoted(NOON, Optional.of(0.94));
            for (int i = 0; i < 400 + run; i++) {
                watch.answered(confidence(random, 0.94), NOON);
            }
            int answers = 0;
            while (watch.state().equals(QUIET)) {
                watch.answered(confidence(random, 0.80), NOON);
                answers++;
            }
            assertThat(answers).isLessThanOrEqualTo(220);
        }
    }

    @Property(tries = 200)
    void shouldGoOnAfterARestartAsIfNothingHadHappened(
            @ForAll @IntRange(max = 900) int before,
            @ForAll @DoubleRange(min = 0.3, max = 1) double earlier,
            @ForAll @DoubleRange(min = 0.3, max = 1) double later)
            throws IOException {
        ConfidenceAlert running = new ConfidenceAlert(AlertRule.DEFAULT);
        running.promoted(NOON, Optional.of(0.8));
        feed(running, before, earlier);
        ConfidenceAlert restarted = restart(running);
        feed(running, 250, later);
        feed(restarted, 250, later);
        assertThat(restarted.state()).isEqualTo(running.state());
        assertThat(restarted.baseline()).isEqualTo(running.baseline());
    }

    private static ConfidenceAlert restart(ConfidenceAlert alert) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        alert.write(new DataOutputStream(bytes));
        return ConfidenceAlert.read(
                AlertRule.DEFAULT, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private void answers(int count, double confidence) {
        feed(alert, count, confidence);
    }

    private static void feed(ConfidenceAlert alert, int count, double confidence) {
        for (int i = 0; i < count; i++) {
            alert.answered(confidence, NOON);
        }
    }

    /** Between 0.5 and 1 with the given mean: 1 − u^k / 2, whose mean is 1 − 1 / (2 (k + 1)). */
    private static double confidence(Random random, double mean) {
        double exponent = 1 / (2 * (1 - mean)) - 1;
        return 1 - Math.pow(random.nextDouble(), exponent) / 2;
    }
}
