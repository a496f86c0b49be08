package dev.fovea.monitoring.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.RunningMean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfidenceAlertTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final FallState QUIET = new FallState.Quiet();

    private final ConfidenceAlert alert = new ConfidenceAlert(AlertRule.DEFAULT);

    @Test
    void shouldRaiseWhenTheMeanFallsMoreThanFivePercent() {
        alert.promoted(NOON, evaluated(0.90));
        predictions(200, 0.856); // 4.9 % below
        assertThat(alert.state()).isEqualTo(QUIET);
        predictions(200, 0.854); // 5.1 % below
        assertThat(alert.state()).isInstanceOfSatisfying(FallState.Fallen.class, raised -> {
            assertThat(raised.baseline()).isCloseTo(0.90, within(1e-9));
            assertThat(raised.current()).isBetween(0.8539, 0.855);
            assertThat(raised.since()).isEqualTo(NOON);
        });
    }

    @Test
    void shouldWaitForAFullWindow() {
        alert.promoted(NOON, evaluated(0.90));
        predictions(199, 0.1);
        assertThat(alert.state()).isEqualTo(QUIET);
        predictions(1, 0.1);
        assertThat(alert.state()).isInstanceOf(FallState.Fallen.class);
    }

    @Test
    void shouldClearOnlyWhenTheMeanIsWellBack() {
        alert.promoted(NOON, evaluated(0.90));
        predictions(200, 0.80);
        predictions(200, 0.865); // 3.9 % below: between the two edges
        assertThat(alert.state()).isInstanceOf(FallState.Fallen.class);
        predictions(200, 0.88); // 2.2 % below
        assertThat(alert.state()).isEqualTo(QUIET);
        predictions(200, 0.865);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldTakeItsOwnLastTwoThousandResponsesAsBaselineWhereThereAreSoMany() {
        predictions(2000, 0.70);
        alert.promoted(NOON, evaluated(0.95));
        assertThat(alert.baseline()).isInstanceOfSatisfying(Baseline.Known.class, known -> {
            assertThat(known.confidence().mean()).isCloseTo(0.70, within(1e-9));
            assertThat(known.confidence().count()).isEqualTo(2000);
        });
        predictions(200, 0.70);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldTakeTheEvaluationAsBaselineAfterLittleTraffic() {
        predictions(1980, 0.70);
        alert.promoted(NOON, evaluated(0.95));
        assertThat(alert.baseline())
                .isInstanceOfSatisfying(
                        Baseline.Known.class,
                        known -> assertThat(known.confidence().mean()).isCloseTo(0.95, within(1e-9)));
    }

    @Test
    void shouldAwaitTwoThousandResponsesWhereNothingElseIsKnown() {
        alert.promoted(NOON, Optional.empty());
        predictions(1000, 0.5);
        predictions(980, 0.1);
        assertThat(alert.baseline()).isEqualTo(new Baseline.Awaited(NOON));
        predictions(20, 0.5);
        assertThat(alert.baseline())
                .isInstanceOfSatisfying(
                        Baseline.Known.class,
                        known -> assertThat(known.confidence().count()).isEqualTo(2000));
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldAwaitResponsesWhereTheEvaluationIsOfFewImages() {
        alert.promoted(NOON, Optional.of(RunningMean.of(0.9, 0.8, 0.7)));
        assertThat(alert.baseline()).isEqualTo(new Baseline.Awaited(NOON));
    }

    @Test
    void shouldTakeAnEvaluationThatComesWhileTheBaselineIsAwaited() {
        alert.promoted(NOON, Optional.empty());
        alert.promoted(NOON, evaluated(0.9));
        assertThat(alert.baseline()).isInstanceOf(Baseline.Known.class);
    }

    @Test
    void shouldAllowForTheErrorsOfTheBaselineAndTheWindow() {
        // 31 images with a standard deviation of 0.2: an error of 0.036 beside 0.014 of the window
        alert.promoted(NOON, Optional.of(spread(31, 0.8, 0.2)));
        predictions(200, 0.64); // 20 % below, but 4.1 standard errors where 5.6 are wanted
        assertThat(alert.state()).isEqualTo(QUIET);
        predictions(200, 0.50);
        assertThat(alert.state()).isInstanceOf(FallState.Fallen.class);
    }

    @Test
    void shouldKeepTheBaselineWhenTheSamePromotionIsSeenAgain() {
        alert.promoted(NOON, evaluated(0.90));
        predictions(200, 0.80);
        Baseline known = alert.baseline();
        alert.promoted(NOON, evaluated(0.50));
        assertThat(alert.baseline()).isEqualTo(known);
        assertThat(alert.state()).isInstanceOf(FallState.Fallen.class);
        alert.promoted(NOON.plusSeconds(60), evaluated(0.50));
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldNotWatchAVersionThatWasNeverPromoted() {
        predictions(200, 0.9);
        predictions(200, 0.1);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Test
    void shouldIgnoreNaN() {
        alert.promoted(NOON, evaluated(0.90));
        predictions(1000, Double.NaN);
        predictions(200, 0.90);
        assertThat(alert.state()).isEqualTo(QUIET);
    }

    @Property(tries = 200)
    void shouldGoOnAfterARestartAsIfNothingHadHappened(
            @ForAll @IntRange(max = 2500) int before,
            @ForAll @DoubleRange(min = 0.3, max = 1) double earlier,
            @ForAll @DoubleRange(min = 0.3, max = 1) double later)
            throws IOException {
        ConfidenceAlert running = new ConfidenceAlert(AlertRule.DEFAULT);
        running.promoted(NOON, evaluated(0.8));
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

    private void predictions(int count, double confidence) {
        feed(alert, count, confidence);
    }

    private static void feed(ConfidenceAlert alert, int count, double confidence) {
        for (int i = 0; i < count; i++) {
            alert.predicted(confidence, NOON);
        }
    }

    /** An evaluation of 1,000 images with this confidence each. */
    private static Optional<RunningMean> evaluated(double confidence) {
        return Optional.of(spread(1000, confidence, 0));
    }

    private static RunningMean spread(int count, double mean, double deviation) {
        return new RunningMean(count, mean, deviation * deviation * (count - 1));
    }
}
