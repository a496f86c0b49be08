package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import org.junit.jupiter.api.Test;

class LookTest {

    private static final Decoder DECODER = new Decoder(Limits.DEFAULT);

    @Test
    void shouldBeNearTheHashOfTheWholeImageAndFarFromAnother() {
        byte[] jpeg = Fabric.jpeg(FabricClass.TEAR, 5, Fabric.Conditions.USUAL);
        byte[] other = Fabric.jpeg(FabricClass.TEAR, 6, Fabric.Conditions.USUAL);
        PerceptualHash look = Look.of(jpeg, DECODER).hash().orElseThrow();
        try (Image whole = DECODER.decode(jpeg)) {
            assertThat(look.distance(PerceptualHash.of(whole))).isLessThanOrEqualTo(4);
        }
        assertThat(look.distance(Look.of(other, DECODER).hash().orElseThrow())).isGreaterThan(6);
        assertThat(Look.of(jpeg, DECODER).header().format()).isEqualTo(ImageFormat.JPEG);
    }

    @Test
    void shouldSeeNothingInAnImageWithoutContrast() {
        try (Image flat = Image.of(new byte[30 * 30 * 3], 30, 30, 3)) {
            assertThat(Look.of(new ImageWriter().png(flat), DECODER).hash()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatIsNoImage() {
        assertThatThrownBy(() -> Look.of(new byte[] {1, 2, 3}, DECODER)).isInstanceOf(FoveaException.class);
    }
}
