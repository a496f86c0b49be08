package dev.fovea.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import org.junit.jupiter.api.Test;

class ImageFingerprintTest {

    private static final Decoder DECODER = new Decoder(ImageLimits.DEFAULT);

    @Test
    void shouldBeNearTheHashOfTheWholeImageAndFarFromAnother() {
        byte[] jpeg = Fabric.jpeg(FabricClass.TEAR, 5, Fabric.Conditions.USUAL);
        byte[] other = Fabric.jpeg(FabricClass.TEAR, 6, Fabric.Conditions.USUAL);
        PerceptualHash hash = ImageFingerprint.of(jpeg, DECODER).hash().orElseThrow();
        try (Image whole = DECODER.decode(jpeg)) {
            assertThat(hash.distance(PerceptualHash.of(whole))).isLessThanOrEqualTo(4);
        }
        assertThat(hash.distance(ImageFingerprint.of(other, DECODER).hash().orElseThrow()))
                .isGreaterThan(6);
        assertThat(ImageFingerprint.of(jpeg, DECODER).header().format()).isEqualTo(ImageFormat.JPEG);
    }

    @Test
    void shouldSeeNothingInAnImageWithoutContrast() {
        try (Image flat = Image.of(new byte[30 * 30 * 3], 30, 30, 3)) {
            assertThat(ImageFingerprint.of(new ImageWriter().png(flat), DECODER).hash())
                    .isEmpty();
        }
    }

    @Test
    void shouldRejectFilesThatAreNoImage() {
        assertThatThrownBy(() -> ImageFingerprint.of(new byte[] {1, 2, 3}, DECODER))
                .isInstanceOf(FoveaException.class);
    }
}
