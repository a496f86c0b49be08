package dev.fovea.imaging.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.drawing.RegionBlur.Blurred;
import dev.fovea.imaging.drawing.RegionBlur.Method;
import dev.fovea.imaging.metadata.ExifBlock;
import dev.fovea.imaging.metadata.ImageTags;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionBlurTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final Decoder DECODER = new Decoder(ImageLimits.DEFAULT);
    private static final byte[] NOISE = ImageFiles.noise(WIDTH, HEIGHT, 4);

    private static byte[] png() {
        try (Image image = Image.of(NOISE, WIDTH, HEIGHT, 3)) {
            return new ImageWriter().png(image);
        }
    }

    private static byte[] pixels(byte[] file) {
        try (Image image = DECODER.decode(file)) {
            return image.toRgbOrGray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeTheRegionsOnly(Method method) {
        Blurred blurred = RegionBlur.of(png(), List.of(new Box(10, 8, 58, 56), new Box(80, 2, 92, 8)), method, DECODER)
                .orElseThrow();

        byte[] after = pixels(blurred.file());
        Set<Integer> colors = new HashSet<>();
        double before = 0;
        double left = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = (y * WIDTH + x) * 3;
                boolean inside = (x >= 10 && x < 58 && y >= 8 && y < 56) || (x >= 80 && x < 92 && y >= 2 && y < 8);
                if (!inside) {
                    assertThat(after[at]).isEqualTo(NOISE[at]);
                } else if (x < 57) {
                    colors.add(after[at] << 16 ^ after[at + 1] << 8 ^ after[at + 2]);
                    before += Math.abs((NOISE[at] & 0xff) - (NOISE[at + 3] & 0xff));
                    left += Math.abs((after[at] & 0xff) - (after[at + 3] & 0xff));
                }
            }
        }
        assertThat(left).as("steps between pixels").isLessThan(before / 8);
        switch (method) {
            case PIXELATE -> assertThat(colors).hasSizeLessThanOrEqualTo(36);
            case FILL -> assertThat(colors).hasSize(1);
            case BLUR -> assertThat(colors).hasSizeGreaterThan(36);
        }
        assertThat(blurred.method()).isEqualTo(method);
    }

    @Test
    void shouldRecordTheRegionsThatLieInTheImage() {
        List<Box> boxes = List.of(
                new Box(-5, 10.4f, 20.2f, 200), new Box(96, 0, 120, 10), new Box(-9, -9, 0, 0), new Box(3, 3, 3, 9));

        Blurred blurred = RegionBlur.of(png(), boxes, Method.FILL, DECODER).orElseThrow();

        assertThat(blurred.boxes()).containsExactly(new Box(0, 10, 21, 64));
        assertThat(RegionBlur.of(png(), boxes.subList(1, 4), Method.FILL, DECODER))
                .isEmpty();
        assertThat(RegionBlur.of(png(), List.of(), Method.BLUR, DECODER)).isEmpty();
    }

    @Test
    void shouldTakeBoxesOfTheUprightImageAndLeaveNoMetadata() {
        byte[] exif = new ExifBlock(ByteOrder.BIG_ENDIAN)
                .number(0, 274, 6)
                .rational(2, 2, 33, 1, 0, 1, 0, 1)
                .segment();
        byte[] file = ExifBlock.inJpeg(ImageFiles.all().get(ImageFormat.JPEG), exif); // 24 × 16, stands 16 × 24

        Blurred blurred = RegionBlur.of(file, List.of(new Box(0, 16, 16, 24)), Method.FILL, DECODER)
                .orElseThrow();

        assertThat(ImageTags.of(file, ImageTags.Location.DROP).locationPresent())
                .isTrue();
        assertThat(ImageTags.of(blurred.file(), ImageTags.Location.DROP)).isEqualTo(ImageTags.NONE);
        assertThat(DECODER.header(blurred.file()).format()).isEqualTo(ImageFormat.JPEG);
        byte[] after = pixels(blurred.file());
        byte[] before = pixels(file);
        assertThat(after[20 * 16 * 3 + 24] & 0xff).isCloseTo(0, within(6));
        assertThat(after[5 * 16 * 3 + 9] & 0xff).isCloseTo(before[5 * 16 * 3 + 9] & 0xff, within(12));
    }

    @Test
    void shouldKeepTransparency() {
        byte[] file = ImageFiles.translucentPng(200, 100, 50, 90);

        Blurred blurred = RegionBlur.of(file, List.of(new Box(0, 0, 2, 2)), Method.PIXELATE, DECODER)
                .orElseThrow();

        try (Image image = DECODER.decode(blurred.file())) {
            assertThat(image.channels()).isEqualTo(4);
        }
    }
}
