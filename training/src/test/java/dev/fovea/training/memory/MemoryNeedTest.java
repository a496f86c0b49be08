package dev.fovea.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {

    private static final long MB = 1_000_000;

    /** A million weights, and ten million values for each of 16 images. */
    private static final MemoryNeed NEED = MemoryNeed.of(MB, 10 * MB, 16, 40 * MB, 20 * MB);

    @Test
    void shouldAddUpProgramImagesWeightsAndTheLargestBatch() {
        assertThat(NEED).isEqualTo(new MemoryNeed(400 * MB, 20 * MB, 24 * MB, 1_600 * MB));
        assertThat(NEED.bytes()).isEqualTo(2_044 * MB);
    }

    @Test
    void shouldCountValidationWhereItsBatchIsLarger() {
        assertThat(MemoryNeed.of(MB, MB, 2, 100 * MB, 0).batch()).isEqualTo(600 * MB);
    }

    @Test
    void shouldReadWhatTheSystemCanGive() {
        assertThat(AvailableMemory.available(List.of("MemTotal:  100 kB", "MemFree:  10 kB", "MemAvailable:  60 kB")))
                .hasValue(60 * 1024);
        assertThat(AvailableMemory.available(List.of("MemTotal:  100 kB"))).isEmpty();
    }

    @Test
    void shouldAcceptWhatFitsExactly() {
        assertThatCode(() -> NEED.requireWithin(2_044 * MB)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhatDoesNotFitWithWhatTakesTheMost() {
        assertThatThrownBy(() -> NEED.requireWithin(2_043 * MB))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_INSUFFICIENT))
                .hasMessageContaining("needs about 2,044 MB")
                .hasMessageContaining("1,600 MB for a batch")
                .hasMessageContaining("2,043 MB can be had")
                .hasMessageContaining("--fit head");
    }
}
