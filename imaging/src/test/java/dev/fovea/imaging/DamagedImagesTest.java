package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any bytes either decode or are rejected quickly with an image error code. */
class DamagedImagesTest {

    private static final Map<ImageFormat, byte[]> FILES = ImageFiles.all();
    private static final List<byte[]> STARTS =
            FILES.values().stream().map(file -> Arrays.copyOf(file, 16)).toList();

    // small limits, so that a wrong header does not cost seconds
    private final Decoder decoder = new Decoder(new ImageLimits(1_000_000, 4_000_000));
    private final PreprocessingContract contract =
            Contracts.stretch(8, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW);
    private final Preprocessor preprocessor = new Preprocessor(contract);

    /** A byte to set, or a range to take out or to repeat. */
    record Damage(int kind, int at, int length, byte value) {

        byte[] to(byte[] file) {
            int start = at % Math.max(1, file.length);
            int end = Math.min(file.length, start + 1 + length % 16);
            byte[] damaged = file.clone();
            switch (kind % 4) {
                case 0 -> damaged[start] = value;
                case 1 -> Arrays.fill(damaged, start, end, value);
                case 2 -> {
                    damaged = Arrays.copyOf(file, file.length - (end - start));
                    System.arraycopy(file, end, damaged, start, file.length - end);
                }
                default -> {
                    damaged = Arrays.copyOf(file, file.length + end - start);
                    System.arraycopy(file, start, damaged, end, file.length - start);
                }
            }
            return damaged;
        }
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void shouldRefuseOrDecodeAnyBytes(@ForAll @Size(max = 200) byte[] bytes) {
        assertDecodesOrIsRefused(bytes);
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void shouldRefuseOrDecodeAnyBytesAfterARealBeginning(
            @ForAll @IntRange(max = 5) int format, @ForAll @Size(max = 100) byte[] rest) {
        byte[] start = STARTS.get(format);
        byte[] bytes = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, bytes, start.length, rest.length);
        assertDecodesOrIsRefused(bytes);
    }

    @Property(tries = 6000, shrinking = ShrinkingMode.OFF)
    void shouldRefuseOrDecodeAnyDamagedFile(
            @ForAll ImageFormat format,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll @IntRange(max = 4000) int at,
            @ForAll @IntRange(max = 15) int length,
            @ForAll byte value,
            @ForAll @IntRange(max = 200) int again) {
        byte[] once = new Damage(kind, at, length, value).to(FILES.get(format));
        assertDecodesOrIsRefused(once);
        assertDecodesOrIsRefused(new Damage(kind + 1, again, length, value).to(once));
    }

    @Example
    void shouldRefuseOrDecodeEveryHeaderByteSetToExtremes() {
        for (byte[] file : FILES.values()) {
            for (int at = 0; at < Math.min(file.length, 160); at++) {
                for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                    byte[] damaged = file.clone();
                    damaged[at] = (byte) value;
                    assertDecodesOrIsRefused(damaged);
                }
            }
        }
    }

    private void assertDecodesOrIsRefused(byte[] bytes) {
        try (Image image = decoder.decode(bytes, contract);
                Image seen = preprocessor.see(image)) {
            assertThat(seen.width()).isEqualTo(8);
        } catch (FoveaException e) {
            assertThat(e.code().name()).startsWith("IMAGE_");
        }
    }
}
