package dev.fovea.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Drawn images on both sides of each bound. */
class QualityFlagTest {

    private static final int EDGE = 256;

    /** A grey level, 0 to 255, by column and row. */
    private interface Drawing {
        double at(int x, int y);
    }

    /** Soft shapes under fine grain, between two levels: nothing is wrong with it. */
    private static Drawing scene(double low, double high) {
        Random random = new Random(11);
        double[] grain = random.doubles(EDGE * EDGE, -0.12, 0.12).toArray();
        return (x, y) -> {
            double shape = 0.5 + 0.2 * Math.sin(x / 23.0) + 0.18 * Math.cos(y / 31.0);
            return low + (high - low) * (shape + grain[y * EDGE + x]);
        };
    }

    private static final Drawing FINE = scene(10, 245);

    private static byte[] pixels(int width, int height, Drawing drawing) {
        byte[] gray = new byte[width * height];
        for (int at = 0; at < gray.length; at++) {
            gray[at] = (byte) Math.clamp(Math.round(drawing.at(at % width, at / width)), 0, 255);
        }
        return gray;
    }

    private static ImageMeasures measures(int width, int height, Drawing drawing) {
        try (Image image = Image.of(pixels(width, height, drawing), width, height, 1)) {
            return ImageMeasures.of(image);
        }
    }

    private static Set<QualityFlag> flags(ImageMeasures measures) {
        EnumSet<QualityFlag> flags = EnumSet.noneOf(QualityFlag.class);
        Arrays.stream(QualityFlag.values())
                .filter(flag -> flag.applies(measures))
                .forEach(flags::add);
        return flags;
    }

    private static Set<QualityFlag> flags(Drawing drawing) {
        return flags(measures(EDGE, EDGE, drawing));
    }

    @Test
    void shouldFlagNothingInASoundImage() {
        assertThat(flags(FINE)).isEmpty();
    }

    @Test
    void shouldFlagAnImageWithoutABrightPart() {
        assertThat(flags(scene(0, 85))).containsExactly(QualityFlag.UNDEREXPOSED);
        assertThat(flags(scene(0, 120))).isEmpty();
    }

    @Test
    void shouldFlagAnImageWithoutADarkPart() {
        assertThat(flags(scene(160, 255))).containsExactly(QualityFlag.OVEREXPOSED);
        assertThat(flags(scene(130, 255))).isEmpty();
    }

    @Test
    void shouldFlagAnImageWhoseMiddleIsWhite() {
        assertThat(flags((x, y) -> disc(x, y, 95) ? 255 : FINE.at(x, y))).containsExactly(QualityFlag.CLIPPED);
        assertThat(flags((x, y) -> disc(x, y, 85) ? 255 : FINE.at(x, y))).isEmpty();
    }

    @Test
    void shouldFlagAnImageOfFewBitsPerPixel() {
        Drawing fewLevels = (x, y) -> 100 + 4 * Math.floor(FINE.at(x, y) / 32);

        assertThat(flags(fewLevels)).containsExactly(QualityFlag.LOW_INFORMATION);
        assertThat(flags(scene(80, 130))).isEmpty();
    }

    @Test
    void shouldFlagAnImageMuchLongerThanHigh() {
        assertThat(flags(measures(201, 66, FINE))).containsExactly(QualityFlag.ODD_ASPECT);
        assertThat(flags(measures(66, 198, FINE))).isEmpty();
    }

    @Test
    void shouldFlagGradientsThatWereReducedToBands() {
        assertThat(flags((x, y) -> 10 * Math.rint(FINE.at(x, y) / 10))).containsExactly(QualityFlag.BANDED);
        assertThat(flags((x, y) -> 2 * Math.rint(FINE.at(x, y) / 2))).contains(QualityFlag.BANDED);
    }

    @Test
    void shouldFlagJpegOfLowQualityAlsoWhenItWasCropped() {
        assertThat(flags(saved(5, 0))).contains(QualityFlag.BLOCKY);
        assertThat(flags(saved(5, 3))).contains(QualityFlag.BLOCKY);
        assertThat(flags(saved(90, 0))).isEmpty();
    }

    /** Saved as JPEG and read again, without the first rows and columns. */
    private static ImageMeasures saved(int quality, int cropped) {
        try (Image image = Image.of(pixels(EDGE, EDGE, FINE), EDGE, EDGE, 1);
                Image again = new Decoder(ImageLimits.DEFAULT).decode(new ImageWriter().jpeg(image, quality))) {
            byte[] gray = again.toRgbOrGray();
            return measures(EDGE - cropped, EDGE - cropped, (x, y) -> gray[(y + cropped) * EDGE + x + cropped] & 0xff);
        }
    }

    @Test
    void shouldFlagLetterboxBarsAndFrames() {
        Drawing letterboxed = (x, y) -> y < 32 || y >= EDGE - 16 ? 0 : FINE.at(x, y);

        assertThat(flags(letterboxed)).containsExactly(QualityFlag.FRAMED);
        assertThat(measures(EDGE, EDGE, letterboxed).borders()).isEqualTo(new Borders(32 / 256.0, 16 / 256.0, 0, 0));
        assertThat(flags((x, y) -> Math.min(x, y) < 5 ? 128 : FINE.at(x, y))).containsExactly(QualityFlag.FRAMED);
        assertThat(flags((x, y) -> Math.min(x, y) < 2 ? 128 : FINE.at(x, y))).isEmpty();
    }

    @Test
    void shouldFlagABarWithTextOnIt() {
        Drawing bar = (x, y) -> y >= 24 ? FINE.at(x, y) : x % 20 < 5 && y > 6 && y < 18 ? 20 : 200;

        assertThat(flags(bar)).containsExactly(QualityFlag.FRAMED);
    }

    @Test
    void shouldNotTakeAPlainBackgroundForAFrame() {
        assertThat(flags((x, y) -> disc(x, y, 90) ? FINE.at(x, y) : 117 + (7 * x + 13 * y) % 5))
                .isEmpty();
    }

    @Test
    void shouldMeasureLargeAndColouredImages() {
        int width = 900;
        byte[] rgb = new byte[width * 600 * 3];
        for (int at = 0; at < width * 600; at++) {
            int y = at / width;
            Arrays.fill(rgb, at * 3, at * 3 + 3, (byte) (y < 60 ? 0 : FINE.at(at % width % EDGE, y % EDGE)));
        }
        try (Image image = Image.of(rgb, width, 600, 3)) {
            ImageMeasures measures = ImageMeasures.of(image);

            assertThat(measures.quality()).isEqualTo(ImageQuality.of(image));
            assertThat(measures.borders().top()).isCloseTo(0.1, within(0.01));
            assertThat(measures.aspect()).isEqualTo(1.5);
        }
    }

    @Test
    void shouldMeasureAnImageOfOnePixel() {
        ImageMeasures measures = measures(1, 1, (x, y) -> 40);

        assertThat(measures.tones()).isEqualTo(new Tones(40, 40, 0, 0, 0));
        assertThat(measures.borders()).isEqualTo(Borders.NONE);
        assertThat(measures.blockiness()).isEqualTo(1);
    }

    /** A quarter each of 0, 100, 200 and 255: 2 bits, half of it clipped. */
    @Test
    void shouldMeasureTonesAsWorkedOutByHand() {
        byte[] gray = pixels(64, 64, (x, y) -> new int[] {0, 100, 200, 255}[x / 16]);
        int[] histogram = new GrayLevels(gray, 64, 64).histogram();

        Tones tones = Tones.of(histogram, histogram);

        assertThat(tones.entropy()).isCloseTo(2, within(1e-12));
        assertThat(tones.clipped()).isEqualTo(0.5);
        assertThat(tones.low()).isZero();
        assertThat(tones.high()).isEqualTo(255);
        assertThat(tones.sparse()).isCloseTo(252 / 256.0, within(1e-12));
    }

    private static boolean disc(int x, int y, double radius) {
        return Math.hypot(x - EDGE / 2.0, y - EDGE / 2.0) < radius;
    }
}
