package dev.fovea.imaging.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageWriter;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.Test;

class JpegQualityTest {

    /** Where the marker of the quantization tables begins. */
    private static int tables(byte[] jpeg) {
        for (int at = 2; at < jpeg.length; at++) {
            if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xdb) {
                return at;
            }
        }
        throw new AssertionError("no tables");
    }

    private static byte[] jpeg(int channels, int quality) {
        byte[] pixels = Arrays.copyOf(ImageFiles.noise(16, 16, 1), 16 * 16 * channels);
        try (Image image = Image.of(pixels, 16, 16, channels)) {
            return new ImageWriter().jpeg(image, quality);
        }
    }

    @Test
    void shouldTellEachQualityAtWhichOpenCvWrites() {
        for (int quality = 1; quality <= 100; quality++) {
            assertThat(JpegQuality.of(jpeg(3, quality))).as("colour").hasValue(quality);
            assertThat(JpegQuality.of(jpeg(1, quality))).as("grey").hasValue(quality);
        }
    }

    @Test
    void shouldTellTheQualityOfProgressiveFiles() {
        try (Image image = Image.of(ImageFiles.noise(64, 64, 2), 64, 64, 3);
                BytePointer out = new BytePointer();
                IntPointer options = new IntPointer(
                        opencv_imgcodecs.IMWRITE_JPEG_QUALITY, 63, opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1)) {
            opencv_imgcodecs.imencode(".jpg", image.mat(), out, options);
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            assertThat(JpegQuality.of(bytes)).hasValue(63);
        }
    }

    /** A table that no quality gives: the flat one of 8 loses as much as the standard one of the nearest sum, 512. */
    @Test
    void shouldTellTheNearestQualityOfAnotherTable() {
        byte[] jpeg = jpeg(1, 50);
        Arrays.fill(jpeg, tables(jpeg) + 5, tables(jpeg) + 5 + 64, (byte) 8);
        assertThat(JpegQuality.of(jpeg)).hasValue(93);
        Arrays.fill(jpeg, tables(jpeg) + 5, tables(jpeg) + 5 + 64, (byte) 255);
        assertThat(JpegQuality.of(jpeg)).hasValue(1);
        Arrays.fill(jpeg, tables(jpeg) + 5, tables(jpeg) + 5 + 64, (byte) 1);
        assertThat(JpegQuality.of(jpeg)).hasValue(100);
    }

    @Test
    void shouldReadTablesOfTwoBytes() {
        byte[] jpeg = jpeg(1, 50);
        int at = tables(jpeg);
        byte[] wide = new byte[jpeg.length + 64];
        System.arraycopy(jpeg, 0, wide, 0, at + 5);
        wide[at + 3] = (byte) (2 + 1 + 128);
        wide[at + 4] = 0x10;
        for (int i = 0; i < 64; i++) {
            // 20 times the standard table's values: quality 5 / 2, rounded to 3 or 2
            int value = 20 * (jpeg[at + 5 + i] & 0xff);
            wide[at + 5 + 2 * i] = (byte) (value >> 8);
            wide[at + 6 + 2 * i] = (byte) value;
        }
        System.arraycopy(jpeg, at + 69, wide, at + 5 + 128, jpeg.length - at - 69);
        assertThat(JpegQuality.of(wide).orElseThrow()).isBetween(2, 3);
    }

    @Test
    void shouldTellNothingOfOtherAndDamagedFiles() {
        byte[] jpeg = jpeg(3, 80);
        assertThat(JpegQuality.of(ImageFiles.all().get(ImageFormat.PNG))).isEqualTo(OptionalInt.empty());
        assertThat(JpegQuality.of(new byte[0])).isEmpty();
        for (int length = 0; length < 300 && length < jpeg.length; length++) {
            OptionalInt quality = JpegQuality.of(Arrays.copyOf(jpeg, length));
            assertThat(quality.orElse(80)).isEqualTo(80);
        }
    }
}
