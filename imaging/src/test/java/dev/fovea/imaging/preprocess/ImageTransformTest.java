package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Contracts;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Resize.Anchor;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Resize.ResizeEngine;
import dev.fovea.imaging.Size;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTransformTest {

    private static final Size FRAME = new Size(120, 160);

    @Property
    void shouldComeBackToWithinAPixel(
            @ForAll @IntRange(min = 1, max = 5000) int width,
            @ForAll @IntRange(min = 1, max = 5000) int height,
            @ForAll @IntRange(min = 0, max = 5) int kind,
            @ForAll @FloatRange(min = 0, max = 1) float a,
            @ForAll @FloatRange(min = 0, max = 1) float b,
            @ForAll @FloatRange(min = 0, max = 1) float c,
            @ForAll @FloatRange(min = 0, max = 1) float d) {
        ImageTransform placement = ImageTransform.of(contract(kind), new ImageSize(width, height));
        Box seen = placement.seen();
        float x = seen.x1() + a * (float) seen.width();
        float y = seen.y1() + b * (float) seen.height();
        Box box = new Box(x, y, x + c * (seen.x2() - x), y + d * (seen.y2() - y)).within(seen);
        assertSame(placement.toImage(placement.toInput(box)), box, 1);
    }

    @Property
    void shouldMapTheWholeImageOntoItself(
            @ForAll @IntRange(min = 1, max = 20_000) int width,
            @ForAll @IntRange(min = 1, max = 5000) int height,
            @ForAll @IntRange(min = 0, max = 2) int kind) {
        ImageSize image = new ImageSize(width, height);
        ImageTransform placement = ImageTransform.of(contract(kind), image);
        assertSame(placement.seen(), image.box(), 0.01);
        assertSame(placement.toImage(placement.toInput(image.box())), image.box(), 0.01);
    }

    @Property
    void shouldStayInsideTheImage(
            @ForAll @IntRange(min = 1, max = 3000) int width,
            @ForAll @IntRange(min = 1, max = 3000) int height,
            @ForAll @IntRange(min = 0, max = 5) int kind,
            @ForAll @FloatRange(min = -500, max = 500) float x,
            @ForAll @FloatRange(min = -500, max = 500) float y) {
        Box box =
                ImageTransform.of(contract(kind), new ImageSize(width, height)).toImage(new Box(x, y, x + 40, y + 90));
        assertThat(box.x1()).isBetween(0f, (float) width);
        assertThat(box.x2()).isBetween(box.x1(), (float) width);
        assertThat(box.y1()).isBetween(0f, (float) height);
        assertThat(box.y2()).isBetween(box.y1(), (float) height);
    }

    /** The preprocessor itself shows where a white rectangle on black is mapped to. */
    @ParameterizedTest
    @CsvSource({"0,300,200", "1,300,200", "1,91,250", "2,301,77", "2,50,333", "3,300,200", "4,200,333", "5,417,209"})
    void shouldAgreeWithWhereThePreprocessorPutsThings(int kind, int width, int height) {
        PreprocessingContract contract = contract(kind);
        Box box = new Box(width * 2 / 5, height * 2 / 5, width * 3 / 5, height * 3 / 5);
        try (Image image = rectangle(width, height, box);
                Image seen = new Preprocessor(contract).see(image)) {
            ImageTransform placement = ImageTransform.of(contract, ImageSize.of(image));
            assertThat(placement.input()).isEqualTo(new Size(seen.height(), seen.width()));
            assertSame(placement.toInput(box), bright(seen), 0.6);
        }
    }

    @ParameterizedTest
    @CsvSource({"EXIF,6,200,300", "EXIF,3,300,200", "IGNORE,6,300,200"})
    void shouldMeasureTheImageUpright(Orientation orientation, int exif, int width, int height) {
        ImageHeader header = new ImageHeader(ImageFormat.JPEG, 300, 200, exif);
        assertThat(ImageSize.of(header, orientation)).isEqualTo(new ImageSize(width, height));
    }

    @Test
    void shouldKnowThatAFastDecodeMakesAnImageOfAnotherSize() {
        PreprocessingContract contract = Contracts.of(
                new Resize.Letterbox(Size.square(64), Filter.BILINEAR, ResizeEngine.OPENCV, 114, Anchor.CENTER),
                Optional.empty(),
                ColorOrder.RGB,
                Alpha.WHITE,
                DecodeMode.FAST);
        byte[] jpeg;
        try (Image large = rectangle(1003, 501, new Box(400, 200, 600, 300))) {
            jpeg = new ImageWriter().jpeg(large, 95);
        }
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        ImageTransform placement = ImageTransform.of(contract, decoder.header(jpeg));
        try (Image decoded = decoder.decode(jpeg, contract);
                Image seen = new Preprocessor(contract).see(decoded)) {
            assertThat(decoded.width()).isEqualTo(126);
            assertThat(placement.image()).isEqualTo(new ImageSize(1003, 501));
            assertThat(placement.scaleX() * 1003).isCloseTo(64, within(1e-9));
            assertSame(placement.toInput(new Box(400, 200, 600, 300)), bright(seen), 1);
        }
    }

    @Test
    void shouldLeaveCoordinatesAloneWhenTheInputIsTheImage() {
        Box box = new Box(3.5f, 4, 100, 119);
        assertThat(ImageTransform.identity(FRAME).toImage(box)).isEqualTo(box);
    }

    private static PreprocessingContract contract(int kind) {
        return switch (kind) {
            case 0 -> of(new Resize.Stretch(FRAME, Filter.BILINEAR, ResizeEngine.OPENCV), Optional.empty());
            case 1 -> of(letterbox(Anchor.CENTER), Optional.empty());
            case 2 -> of(letterbox(Anchor.TOP_LEFT), Optional.empty());
            case 3 ->
                of(new Resize.ShortestEdge(128, Filter.BILINEAR, ResizeEngine.PILLOW), Optional.of(new Size(97, 120)));
            case 4 ->
                of(new Resize.Stretch(FRAME, Filter.BILINEAR, ResizeEngine.PILLOW), Optional.of(new Size(101, 150)));
            default -> of(letterbox(Anchor.CENTER), Optional.of(new Size(100, 100)));
        };
    }

    private static Resize letterbox(Anchor anchor) {
        return new Resize.Letterbox(FRAME, Filter.BILINEAR, ResizeEngine.OPENCV, 0, anchor);
    }

    private static PreprocessingContract of(Resize resize, Optional<Size> crop) {
        return Contracts.of(resize, crop, ColorOrder.GRAY);
    }

    private static Image rectangle(int width, int height, Box box) {
        byte[] pixels = new byte[width * height];
        for (int y = (int) box.y1(); y < (int) box.y2(); y++) {
            Arrays.fill(pixels, y * width + (int) box.x1(), y * width + (int) box.x2(), (byte) 255);
        }
        return Image.of(pixels, width, height, 1);
    }

    /** The extent of the pixels at least half white. */
    private static Box bright(Image image) {
        byte[] pixels = image.toRgbOrGray();
        int channels = pixels.length / (image.width() * image.height());
        int[] extent = {image.width(), image.height(), 0, 0};
        for (int i = 0; i < pixels.length; i += channels) {
            int x = i / channels % image.width();
            int y = i / channels / image.width();
            if ((pixels[i] & 0xff) >= 128 && y >= 0) {
                extent[0] = Math.min(extent[0], x);
                extent[1] = Math.min(extent[1], y);
                extent[2] = Math.max(extent[2], x + 1);
                extent[3] = Math.max(extent[3], y + 1);
            }
        }
        return new Box(extent[0], extent[1], extent[2], extent[3]);
    }

    private static void assertSame(Box actual, Box expected, double pixels) {
        assertThat((double) actual.x1()).as("x1 of %s", actual).isCloseTo(expected.x1(), within(pixels));
        assertThat((double) actual.y1()).as("y1 of %s", actual).isCloseTo(expected.y1(), within(pixels));
        assertThat((double) actual.x2()).as("x2 of %s", actual).isCloseTo(expected.x2(), within(pixels));
        assertThat((double) actual.y2()).as("y2 of %s", actual).isCloseTo(expected.y2(), within(pixels));
    }
}
