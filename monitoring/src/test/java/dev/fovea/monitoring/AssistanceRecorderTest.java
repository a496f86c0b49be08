package dev.fovea.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssistanceRecorderTest {

    private static final Cascade PLANNED = cascade(1, Optional.of(expectation(0.2)));

    @Property(tries = 100)
    void shouldCountEveryPrediction(
            @ForAll @IntRange(max = 30) int sure,
            @ForAll @IntRange(max = 30) int agreed,
            @ForAll @IntRange(max = 30) int disagreed,
            @ForAll @IntRange(max = 30) int failed) {
        AssistanceRecorder recorder = new AssistanceRecorder();
        count(recorder, sure, agreed, disagreed, failed);
        CascadeMetrics metrics = recorder.cascade("small", PLANNED);
        assertThat(metrics.predictions()).isEqualTo(sure + agreed + disagreed + failed);
        assertThat(metrics.escalated()).isEqualTo(agreed + disagreed + failed);
        assertThat(metrics.compared()).isEqualTo(agreed + disagreed);
        assertThat(metrics.failures()).isEqualTo(failed == 0 ? Map.of() : Map.of("OVERLOADED", (long) failed));
        assertThat(metrics.share().isPresent()).isEqualTo(metrics.predictions() > 0);
        metrics.share()
                .ifPresent(share -> assertThat(share.value())
                        .isEqualTo((double) metrics.escalated() / metrics.predictions())
                        .isBetween(share.low(), share.high()));
        metrics.agreement()
                .ifPresent(share -> assertThat(share.value()).isEqualTo((double) agreed / metrics.compared()));
    }

    @Test
    void shouldSayWhetherTheShareIsTheExpectedOne() {
        AssistanceRecorder recorder = new AssistanceRecorder();
        assertThat(recorder.cascade("small", PLANNED).asExpected()).isEmpty();
        count(recorder, 80, 20, 0, 0);
        assertThat(recorder.cascade("small", PLANNED).asExpected()).contains(true);
        count(recorder, 0, 100, 0, 0);
        assertThat(recorder.cascade("small", PLANNED).asExpected()).contains(false);
    }

    @Test
    void shouldStartAnewWithAnotherCascadeAndNotBeBroughtBackByALateRequest() {
        AssistanceRecorder recorder = new AssistanceRecorder();
        recorder.sure("small", PLANNED);
        Cascade next = cascade(2, Optional.empty());
        recorder.escalated("small", next, true);
        recorder.sure("small", PLANNED);
        assertThat(recorder.cascade("small", next).predictions()).isEqualTo(1);
        assertThat(recorder.cascade("small", PLANNED).predictions()).isZero();
    }

    @Test
    void shouldWriteTheLiveAndTheExpectedShareAsMetrics() {
        AssistanceRecorder recorder = new AssistanceRecorder();
        count(recorder, 3, 1, 0, 0);
        recorder.fellBack("large", ErrorCode.VALIDATION_FAILED);
        assertThat(Samples.of(recorder.metrics()))
                .containsEntry("fovea_cascade_escalation_ratio{model=\"small\"}", 0.25)
                .containsEntry("fovea_cascade_expected_escalation_ratio{model=\"small\"}", 0.2)
                .containsEntry("fovea_cascade_agreements{model=\"small\"}", 1.0)
                .containsEntry("fovea_fallbacks{code=\"VALIDATION_FAILED\",model=\"large\"}", 1.0);
        assertThat(recorder.fallbacks("large")).isEqualTo(Map.of("VALIDATION_FAILED", 1L));
        assertThat(recorder.fallbacks("small")).isEmpty();
    }

    private static void count(AssistanceRecorder recorder, int sure, int agreed, int disagreed, int failed) {
        for (int i = 0; i < sure; i++) {
            recorder.sure("small", PLANNED);
        }
        for (int i = 0; i < agreed + disagreed; i++) {
            recorder.escalated("small", PLANNED, i < agreed);
        }
        for (int i = 0; i < failed; i++) {
            recorder.escalationFailed("small", PLANNED, ErrorCode.OVERLOADED);
        }
    }

    private static Cascade cascade(long declared, Optional<Cascade.Expectation> expected) {
        return new Cascade(new ModelRef.Local("large"), 0.8, 1, Instant.ofEpochSecond(declared), expected);
    }

    private static Cascade.Expectation expectation(double share) {
        Cascade.Estimate estimate = new Cascade.Estimate(share, share - 0.05, share + 0.05);
        return new Cascade.Expectation(200, 0.95, estimate, estimate, estimate, "ms");
    }
}
