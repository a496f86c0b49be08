package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.monitoring.alerts.AlertRule;
import dev.fovea.monitoring.alerts.ConfidenceAlert;
import dev.fovea.monitoring.alerts.FallState;
import dev.fovea.statistics.RunningMean;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** False-alarm rate and detection delay of the confidence alert, over thousands of simulated streams. */
class ConfidenceAlertRateTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int STREAMS = 500;
    private static final int LENGTH = 20_000;
    /** Without the share of the baseline below which nothing alarms, so that the sampling errors alone decide. */
    private static final AlertRule WITHOUT_SHARE = new AlertRule(200, 2000, 1e-9, 0.01, 100_000);

    /** Confidences from a uniform number; all quantile functions, so that draws are cheap. */
    private enum Confidences {
        /** Beta(20, 1): mean 0.952. */
        SURE {
            @Override
            double at(double u) {
                return Math.pow(u, 1 / 20.0);
            }
        },
        /** Beta(3, 1): mean 0.75. */
        UNSURE {
            @Override
            double at(double u) {
                return Math.pow(u, 1 / 3.0);
            }
        },
        /** Beta(1, 4): mean 0.2, skewed to the right. */
        LOST {
            @Override
            double at(double u) {
                return 1 - Math.pow(1 - u, 1 / 4.0);
            }
        },
        /** 0.99, and 0.4 once in ten. */
        BIMODAL {
            @Override
            double at(double u) {
                return u < 0.1 ? 0.4 : 0.99;
            }
        },
        /** 0.999, and 0.1 to 0.5 once in fifty: what a small baseline does not see. */
        RARELY_LOW {
            @Override
            double at(double u) {
                return u < 0.02 ? 0.1 + 20 * u : 0.999;
            }
        };

        abstract double at(double u);
    }

    /** Declared is 1 % per 100,000 responses, hence 0.2 % of streams of 20,000. */
    @ParameterizedTest
    @EnumSource(Confidences.class)
    void shouldRaiseFalseAlarmsNoOftenerThanDeclared(Confidences traffic) {
        long evaluatedOnFew = falseAlarms(WITHOUT_SHARE, traffic, 60);
        long evaluatedOnMany = falseAlarms(WITHOUT_SHARE, traffic, 500);
        long ownTraffic = falseAlarms(WITHOUT_SHARE, traffic, 0);
        assertThat(evaluatedOnFew + evaluatedOnMany + ownTraffic)
                .as("of %d streams: %d, %d, %d", 3 * STREAMS, evaluatedOnFew, evaluatedOnMany, ownTraffic)
                .isLessThanOrEqualTo((long) (3 * STREAMS * 0.01 * LENGTH / 100_000));
    }

    /** The declared false-alarm rate is met, and the rate is above zero. */
    @ParameterizedTest
    @EnumSource(
            value = Confidences.class,
            names = {"SURE", "UNSURE"})
    void shouldUseTheDeclaredRate(Confidences traffic) {
        long raised = falseAlarms(new AlertRule(200, 2000, 1e-9, 0.3, LENGTH), traffic, 500);
        assertThat((double) raised / STREAMS).isBetween(0.01, 0.3);
    }

    /**
     * Images of the evaluation, and the maximum number of windows to detect a fall from a mean of 0.95 to that mean.
     */
    @ParameterizedTest
    @CsvSource({"60, 0.75, 1.5", "100, 0.80, 1.5", "500, 0.85, 1.5", "0, 0.85, 1.5", "0, 0.89, 3"})
    void shouldSeeARealFall(int evaluated, double mean, double windows) {
        double power = 1 / (1 / mean - 1); // Beta(power, 1)
        SplittableRandom random = new SplittableRandom(11);
        long seen = IntStream.range(0, STREAMS)
                .filter(stream -> {
                    ConfidenceAlert alert = watching(AlertRule.DEFAULT, Confidences.SURE, evaluated, random);
                    assertThat(alert.state()).isEqualTo(new FallState.Quiet());
                    for (int i = 0; i < windows * 200; i++) {
                        alert.predicted(Math.pow(random.nextDouble(), 1 / power), NOON);
                    }
                    return alert.state() instanceof FallState.Fallen;
                })
                .count();
        assertThat((double) seen / STREAMS).as("seen in time").isGreaterThan(0.95);
    }

    private static long falseAlarms(AlertRule rule, Confidences traffic, int evaluated) {
        SplittableRandom seeds = new SplittableRandom(7 + evaluated);
        SplittableRandom[] streams =
                IntStream.range(0, STREAMS).mapToObj(i -> seeds.split()).toArray(SplittableRandom[]::new);
        return Arrays.stream(streams)
                .parallel()
                .filter(random -> isRaised(rule, traffic, evaluated, random))
                .count();
    }

    private static boolean isRaised(AlertRule rule, Confidences traffic, int evaluated, SplittableRandom random) {
        ConfidenceAlert alert = watching(rule, traffic, evaluated, random);
        for (int i = 0; i < LENGTH; i++) {
            alert.predicted(traffic.at(random.nextDouble()), NOON);
            if (alert.state() instanceof FallState.Fallen) {
                return true;
            }
        }
        return false;
    }

    /** Promoted with an evaluation of so many images, or with its own traffic, and one window further. */
    private static ConfidenceAlert watching(
            AlertRule rule, Confidences traffic, int evaluated, SplittableRandom random) {
        ConfidenceAlert alert = new ConfidenceAlert(rule);
        double[] confidences = IntStream.range(0, evaluated)
                .mapToDouble(i -> traffic.at(random.nextDouble()))
                .toArray();
        alert.promoted(NOON, Optional.of(RunningMean.of(confidences)));
        for (int i = 0; i < (evaluated > 0 ? 200 : 2200); i++) {
            alert.predicted(traffic.at(random.nextDouble()), NOON);
        }
        return alert;
    }
}
