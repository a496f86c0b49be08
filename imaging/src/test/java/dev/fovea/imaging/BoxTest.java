package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoxTest {

    @Test
    void shouldOverlapByTheShareOfTheCommonArea() {
        Box box = new Box(0, 0, 10, 10);
        assertThat(box.overlap(new Box(5, 0, 15, 10))).isCloseTo(50 / 150.0, within(1e-12));
        assertThat(box.overlap(new Box(10, 0, 20, 10))).isZero();
        assertThat(box.overlap(new Box(2, 2, 4, 4))).isCloseTo(0.04, within(1e-12));
        assertThat(new Box(3, 3, 3, 3).overlap(new Box(3, 3, 3, 3))).isZero();
    }

    @Property
    void shouldOverlapTheSameBothWays(
            @ForAll @IntRange(min = 0, max = 50) int x,
            @ForAll @IntRange(min = 0, max = 50) int y,
            @ForAll @IntRange(min = 1, max = 50) int width,
            @ForAll @IntRange(min = 1, max = 50) int height) {
        Box one = new Box(x, y, x + width, y + height);
        Box other = new Box(20, 20, 40, 40);
        assertThat(one.overlap(other)).isEqualTo(other.overlap(one)).isBetween(0.0, 1.0);
        assertThat(one.overlap(one)).isEqualTo(1);
    }

    @Test
    void shouldClipToAnEmptyBoxWhenNothingIsInside() {
        assertThat(new Box(-5, -5, -1, 3).within(new Box(0, 0, 10, 10))).isEqualTo(new Box(0, 0, 0, 3));
    }

    @Test
    void shouldRejectInvalidCoordinates() {
        assertThatThrownBy(() -> new Box(2, 0, 1, 1)).hasMessageContaining("no rectangle");
        assertThatThrownBy(() -> new Box(0, Float.NaN, 1, 1)).hasMessageContaining("no rectangle");
        assertThatThrownBy(() -> new Box(0, 0, Float.POSITIVE_INFINITY, 1)).hasMessageContaining("no rectangle");
    }
}
