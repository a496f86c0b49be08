package dev.fovea.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void shouldAgreeWithItsNumber() {
        assertThat(Counted.images(1)).isEqualTo("1 image");
        assertThat(Counted.images(0)).isEqualTo("0 images");
        assertThat(Counted.of(1, "image was", "images were")).isEqualTo("1 image was");
        assertThat(Counted.of(4311, "image was", "images were")).isEqualTo("4,311 images were");
    }
}
