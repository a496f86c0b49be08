package dev.fovea.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode.Blame;
import dev.fovea.fault.ErrorCode.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource
    void shouldBlameTheImageForCodesOfImagesOnly(ErrorCode code) {
        if (code.name().startsWith("IMAGE_")) {
            assertThat(code.blame()).isEqualTo(Blame.INPUT);
            assertThat(code.isOneImages()).isTrue();
        }
        if (code.kind() == Kind.OVERLOADED || code.kind() == Kind.TIMEOUT) {
            assertThat(code.blame()).isEqualTo(Blame.CAPACITY);
        }
        if (code.kind() == Kind.FAILED || code.kind() == Kind.BAD_CONFIGURATION) {
            assertThat(code.blame()).isIn(Blame.MODEL, Blame.SERVER);
        }
    }

    @Test
    void shouldLetAFallbackAnswerForAModelThatFailsWhileServed() {
        assertThat(ErrorCode.MODEL_NOT_SERVED.blame()).isEqualTo(Blame.MODEL);
        assertThat(ErrorCode.INSTANCE_HUNG.blame()).isEqualTo(Blame.MODEL);
        assertThat(ErrorCode.REMOTE_SUSPENDED.blame()).isEqualTo(Blame.MODEL);
        assertThat(ErrorCode.STORAGE_FAILED.blame()).isEqualTo(Blame.SERVER);
        assertThat(ErrorCode.OVERLOADED.blame()).isEqualTo(Blame.CAPACITY);
    }

    @Test
    void shouldLetOtherRequestsTryAgainAfterOneRunsOutOfTime() {
        assertThat(ErrorCode.DEADLINE_EXCEEDED.isOneRequests()).isTrue();
        assertThat(ErrorCode.CANCELLED.isOneRequests()).isTrue();
        assertThat(ErrorCode.OVERLOADED.isOneRequests()).isTrue();
        assertThat(ErrorCode.IMAGE_CORRUPT.isOneRequests()).isFalse();
        assertThat(ErrorCode.INFERENCE_FAILED.isOneRequests()).isFalse();
    }

    @Test
    void shouldCountOneBadArgumentCodeForTheCommandLine() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(code -> code.kind() == Kind.BAD_INPUT && code.blame() == Blame.CALLER))
                .containsExactly(ErrorCode.ARGUMENT_INVALID);
    }
}
