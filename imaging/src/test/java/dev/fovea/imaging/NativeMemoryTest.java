package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Resize.Filter;
import dev.fovea.imaging.Resize.ResizeEngine;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Native memory has an owner: ten thousand decodes leave it flat. */
class NativeMemoryTest {

    private static final int ROUNDS = 10_000;
    private static final long SLACK_KB = 48 * 1024;

    @Test
    void shouldStayFlatOverTenThousandDecodes() {
        byte[] jpeg = jpeg(320, 240);
        byte[] damaged = Arrays.copyOf(jpeg, jpeg.length / 2);
        PreprocessingContract contract = Contracts.stretch(64, Filter.BILINEAR, ResizeEngine.PILLOW);
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        ByteBuffer tensor = ByteBuffer.allocateDirect(contract.outputBytes());

        work(decoder, preprocessor, jpeg, damaged, tensor, ROUNDS / 10);
        long before = allocatedKb();
        work(decoder, preprocessor, jpeg, damaged, tensor, ROUNDS);
        long after = allocatedKb();

        assertThat(after - before)
                .as("native memory grew by %d kB", after - before)
                .isLessThan(SLACK_KB);
    }

    private static void work(
            Decoder decoder, Preprocessor preprocessor, byte[] jpeg, byte[] damaged, ByteBuffer tensor, int rounds) {
        for (int i = 0; i < rounds; i++) {
            try (Image image = decoder.decode(jpeg, preprocessor.contract())) {
                preprocessor.write(image, tensor.clear());
            }
            try (Image impossible = decoder.decode(damaged)) {
                throw new AssertionError("half a JPEG decoded to " + impossible.width());
            } catch (FoveaException expected) {
                assertThat(expected.getMessage()).contains("cut short");
            }
        }
    }

    private static byte[] jpeg(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new java.util.Random(7).nextBytes(pixels);
        try (Image image = Image.of(pixels, width, height, 3)) {
            return new ImageWriter().jpeg(image, 90);
        }
    }

    private static long allocatedKb() {
        System.gc();
        Optional<Long> allocated = NativeMemory.allocatedKb();
        Assumptions.assumeTrue(allocated.isPresent(), "skipped: the C library has no mallinfo2");
        return allocated.orElseThrow();
    }
}
