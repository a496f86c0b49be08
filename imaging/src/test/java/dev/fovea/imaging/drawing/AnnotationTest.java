package dev.fovea.imaging.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationTest {

    private static final ImageSize SIZE = new ImageSize(120, 90);
    private static final Mask MASK = Mask.ofPolygons(
            SIZE,
            List.of(new Polygon(List.of(new Point(20, 20), new Point(80, 20), new Point(80, 70), new Point(20, 70)))));

    static Stream<Lettering> letterings() {
        return Stream.of(Lettering.ofThisMachine(), new StrokeLettering());
    }

    @ParameterizedTest
    @MethodSource("letterings")
    void shouldDrawOnACopyAndLeaveTheImageAsItIs(Lettering lettering) {
        try (Image image = grey(3);
                Image drawn = new Annotation(lettering).draw(image, List.of(boxed("dog 0.92 犬 é")))) {
            assertThat(image.toRgbOrGray()).containsOnly(100);
            assertThat(ImageSize.of(drawn)).isEqualTo(SIZE);
            assertThat(drawn.toRgbOrGray()).isNotEqualTo(image.toRgbOrGray());
        }
    }

    @Test
    void shouldNotChangePixelsOutsideTheMarks() {
        try (Image image = grey(3);
                Image drawn = new Annotation().draw(image, List.of(new Mark.Covered("floor", "", MASK)))) {
            assertThat(rgb(drawn, 5, 5)).containsExactly(100, 100, 100);
            assertThat(rgb(drawn, 50, 45)).isNotEqualTo(new int[] {100, 100, 100});
        }
    }

    @Test
    void shouldGiveOneNameOneColour() {
        try (Image image = grey(1);
                Image one = new Annotation().draw(image, List.of(new Mark.Covered("floor", "", MASK)));
                Image other = new Annotation()
                        .draw(
                                image,
                                List.of(new Mark.Covered("floor", "", MASK), new Mark.Covered("wall", "", corner())))) {
            assertThat(rgb(one, 50, 45)).isEqualTo(rgb(other, 50, 45));
        }
        assertThat(MarkColor.of("person")).isNotEqualTo(MarkColor.of("car"));
    }

    @Test
    void shouldRefuseAMaskOfAnotherImage() {
        Mask foreign = Mask.of(new ImageSize(2, 2), List.of(0, 4));
        try (Image image = grey(3)) {
            assertThatThrownBy(() -> new Annotation().draw(image, List.of(new Mark.Covered("x", "", foreign))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 200)
    void shouldDrawBoxesAndCaptionsAnywhereWithoutFail(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @FloatRange(min = -20, max = 80) float x,
            @ForAll @FloatRange(min = -20, max = 80) float y,
            @ForAll @FloatRange(min = 0, max = 80) float extent,
            @ForAll String caption) {
        Box box = new Box(x, y, x + extent, y + extent / 2);
        Polygon outline = new Polygon(List.of(new Point(x, y), new Point(x + extent, y), new Point(x, y + extent)));
        List<Mark> marks =
                List.of(new Mark.Boxed("a", caption, box, Optional.empty()), new Mark.Outlined("b", caption, outline));
        try (Image image = Image.of(new byte[width * height], width, height, 1);
                Image drawn = new Annotation(new StrokeLettering()).draw(image, marks)) {
            assertThat(drawn.width()).isEqualTo(width);
        }
    }

    @Test
    void shouldKeepCaptionsApartWhileThereIsRoom() {
        CaptionPlaces places = new CaptionPlaces(SIZE);
        Box thing = new Box(20, 20, 80, 70);
        Box first = places.place(thing, 40, 12);
        Box second = places.place(thing, 40, 12);
        Box third = places.place(thing, 40, 12);
        assertThat(first).isEqualTo(new Box(20, 8, 60, 20));
        assertThat(first.overlap(second) + first.overlap(third) + second.overlap(third))
                .isZero();
    }

    private static Mark boxed(String caption) {
        return new Mark.Boxed("dog", caption, new Box(20, 20, 80, 70), Optional.of(MASK));
    }

    private static Mask corner() {
        return Mask.of(SIZE, List.of(0, 90, 119 * 90));
    }

    private static Image grey(int channels) {
        byte[] bytes = new byte[SIZE.width() * SIZE.height() * channels];
        java.util.Arrays.fill(bytes, (byte) 100);
        return Image.of(bytes, SIZE.width(), SIZE.height(), channels);
    }

    private static int[] rgb(Image image, int x, int y) {
        byte[] bytes = image.toRgbOrGray();
        int at = 3 * (y * image.width() + x);
        return new int[] {bytes[at] & 255, bytes[at + 1] & 255, bytes[at + 2] & 255};
    }
}
