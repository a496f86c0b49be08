package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a caller is told who got something wrong. */
final class Refusal {

    private Refusal() {}

    /** Asserts that the call fails as the caller's fault, in words that contain all of these. */
    static void of(ThrowingCallable call, String... words) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(FoveaException.class);
        assertThat(((FoveaException) thrown).code().kind())
                .as(thrown.toString())
                .isEqualTo(ErrorCode.Kind.BAD_INPUT);
        assertThat(thrown.getMessage()).hasSizeLessThan(1000);
        for (String word : words) {
            assertThat(thrown.getMessage()).contains(word);
        }
    }
}
