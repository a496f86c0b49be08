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

/** Every nasty image either decodes or is refused with a code of its own, quickly and within bounds. */
class NastyImagesTest {

    private static final Set<ErrorCode> REFUSALS = EnumSet.of(
            ErrorCode.IMAGE_CORRUPT,
            ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
            ErrorCode.IMAGE_FILE_TOO_LARGE,
            ErrorCode.IMAGE_TOO_MANY_PIXELS);

    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    @Test
    void shouldDecodeOrRefuseEveryFileInBoundedMemory() throws IOException {
        Path folder = SharedData.folder("decode");
        StringBuilder log = new StringBuilder();
        int decoded = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            forgetPeak();
            long start = System.nanoTime();
            String outcome = outcome(bytes);
            double seconds = (System.nanoTime() - start) / 1e9;
            log.append("%s\t%s\t%.3f%n".formatted(folder.relativize(file), outcome, seconds));
            decoded += outcome.startsWith("ok") ? 1 : 0;
            assertThat(peakMegabytes()).as("%s: peak of the process, MB", file).isLessThan(500);
        }
        String report = System.getProperty("fovea.decode.report", "");
        if (!report.isEmpty()) {
            Files.writeString(Path.of(report), log);
        }
        assertThat(files).hasSizeGreaterThan(350);
        assertThat(decoded).isGreaterThanOrEqualTo(243);
    }

    /** The kernel takes the present resident size as the highest so far (proc(5), clear_refs). */
    private static void forgetPeak() throws IOException {
        if (Files.exists(CLEAR)) {
            Files.writeString(CLEAR, "5");
        }
    }

    /** 0 where the system does not report it. */
    private static long peakMegabytes() throws IOException {
        if (!Files.exists(CLEAR)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        }
    }

    private String outcome(byte[] bytes) {
        try (Image image = decoder.decode(bytes)) {
            return "ok " + image.width() + "x" + image.height() + " " + image.channels();
        } catch (FoveaException e) {
            assertThat(REFUSALS).contains(e.code());
            return e.code() + " " + e.getMessage();
        }
    }
}
