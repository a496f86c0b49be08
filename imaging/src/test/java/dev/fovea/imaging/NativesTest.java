package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativesTest {

    /** Else JavaCPP reads the size of the process at each allocation, and refuses images beside a large network. */
    @Test
    void shouldNotLimitNativeMemoryByTheHeap() {
        Natives.load();
        assertThat(Pointer.maxPhysicalBytes()).isZero();
        assertThat(Pointer.maxBytes()).isZero();
    }
}
