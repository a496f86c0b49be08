package fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageLimits;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are an image within the limits, or are refused with a code of an image. */
class DecoderFuzzTest {

    private static final ImageLimits LIMITS = new ImageLimits(1_000_000, 250_000);

    private final Decoder decoder = new Decoder(LIMITS);

    static Stream<byte[]> seeds() {
        return ImageFiles.all().values().stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void shouldDecodeOrRefuse(byte[] bytes) {
        try (Image image = decoder.decode(bytes)) {
            assertThat((long) image.width() * image.height()).isBetween(1L, LIMITS.maxPixels());
        } catch (FoveaException e) {
            assertThat(e.code().name()).startsWith("IMAGE_");
        }
    }
}
