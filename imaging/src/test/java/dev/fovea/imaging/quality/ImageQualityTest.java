package dev.fovea.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageQualityTest {

    @Test
    void shouldSeeNothingInOneColour() {
        byte[] pixels = new byte[64 * 48];
        Arrays.fill(pixels, (byte) 40);
        try (Image image = Image.of(pixels, 64, 48, 1)) {
            assertThat(ImageQuality.of(image)).isEqualTo(new ImageQuality(64, 48, 0, 40, 0));
            assertThat(ImageQuality.of(image).shorterEdge()).isEqualTo(48);
        }
    }

    /** Columns of 0 and 200: mean 100, deviation 100; the Laplacian is ±400 by turns, its variance 160,000. */
    @Test
    void shouldMeasureStripesAsWorkedOutByHand() {
        byte[] pixels = new byte[64 * 64];
        for (int at = 0; at < pixels.length; at++) {
            pixels[at] = (byte) (at % 2 == 0 ? 0 : 200);
        }
        try (Image image = Image.of(pixels, 64, 64, 1)) {
            ImageQuality quality = ImageQuality.of(image);

            assertThat(quality.brightness()).isCloseTo(100, within(1e-9));
            assertThat(quality.contrast()).isCloseTo(100, within(1e-9));
            assertThat(quality.sharpness()).isCloseTo(160_000, within(1e-3));
        }
    }

    @Test
    void shouldMeasureAnImageOfOnePixel() {
        try (Image image = Image.of(new byte[] {10, 20, 30}, 1, 1, 3)) {
            assertThat(ImageQuality.of(image).shorterEdge()).isEqualTo(1);
            assertThat(PerceptualHash.of(image)).isEqualTo(new PerceptualHash(0));
        }
    }
}
