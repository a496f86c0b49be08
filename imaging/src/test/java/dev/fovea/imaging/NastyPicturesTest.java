package dev.fovea.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every nasty picture either decodes or is refused with a code of its own, quickly and within bounds. */
class NastyPicturesTest {

    private static final Set<ErrorCode> REFUSALS = EnumSet.of(
            ErrorCode.PICTURE_CORRUPT,
            ErrorCode.PICTURE_FORMAT_UNSUPPORTED,
            ErrorCode.PICTURE_FILE_TOO_LARGE,
            ErrorCode.PICTURE_TOO_MANY_PIXELS);

    private final Decoder decoder = new Decoder(Limits.DEFAULT);

    @Test
    void shouldDecodeOrRefuseEveryFileQuickly() throws IOException {
        Path folder = SharedData.folder("decode");
        StringBuilder log = new StringBuilder();
        int decoded = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            long start = System.nanoTime();
            String outcome = outcome(bytes);
            double seconds = (System.nanoTime() - start) / 1e9;
            log.append("%s\t%s\t%.3f%n".formatted(folder.relativize(file), outcome, seconds));
            decoded += outcome.startsWith("ok") ? 1 : 0;
            assertThat(seconds).as("%s took %.1f s", file, seconds).isLessThan(2);
        }
        String report = System.getProperty("fovea.decode.report", "");
        if (!report.isEmpty()) {
            Files.writeString(Path.of(report), log);
        }
        assertThat(files).hasSizeGreaterThan(350);
        assertThat(decoded).isGreaterThanOrEqualTo(243);
    }

    private String outcome(byte[] bytes) {
        try (Picture picture = decoder.decode(bytes)) {
            return "ok " + picture.width() + "x" + picture.height() + " " + picture.channels();
        } catch (FoveaException e) {
            assertThat(REFUSALS).contains(e.code());
            return e.code() + " " + e.getMessage();
        }
    }
}
