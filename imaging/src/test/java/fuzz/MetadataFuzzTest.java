package fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fovea.fault.Printable;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.metadata.ExifBlock;
import dev.fovea.imaging.metadata.ImageTags;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes have tags, if only none; each is one printable line. */
class MetadataFuzzTest {

    static Stream<byte[]> seeds() {
        ExifBlock block = new ExifBlock(ByteOrder.LITTLE_ENDIAN)
                .text(0, 272, "Camera")
                .number(0, 274, 6)
                .rational(1, 33434, 1, 250)
                .text(1, 36867, "2026:03:01 09:30:05")
                .rational(2, 2, 33, 1, 30, 1, 0, 1);
        return Stream.of(
                block.bytes(),
                ExifBlock.inJpeg(ImageFiles.all().get(ImageFormat.JPEG), block.segment()),
                ExifBlock.inPng(ImageFiles.all().get(ImageFormat.PNG), "eXIf", block.bytes()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void shouldReadTagsOrNone(byte[] bytes) {
        assertThat(ImageTags.of(bytes, ImageTags.Location.KEEP).values().values())
                .allMatch(value -> Printable.isPlain(value) && !value.isEmpty());
    }
}
