package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColdPagesTest {

    private static final int BYTES = 4 << 20;
    private static final int PAGE = 4096;

    @Test
    void shouldTakeReadOnlyMappingsOfFilesOnly() {
        assertThat(ColdPages.Mapping.of("7f00-9f00 r-xp 00001000 fe:00 42   /opt/a file.so"))
                .contains(new ColdPages.Mapping(0x7f00, 0x2000, "/opt/a file.so"));
        assertThat(ColdPages.Mapping.of("7f00-9f00 r--s 00001000 fe:00 42 /opt/modules"))
                .isPresent();
        assertThat(ColdPages.Mapping.of("7f00-9f00 rw-p 00001000 fe:00 42 /opt/a.so"))
                .isEmpty();
        assertThat(ColdPages.Mapping.of("7f00-9f00 ---p 00001000 fe:00 42 /opt/a.so"))
                .isEmpty();
        assertThat(ColdPages.Mapping.of("7f00-9f00 r--p 00000000 00:00 0 ")).isEmpty();
        assertThat(ColdPages.Mapping.of("7f00-9f00 r-xp 00000000 00:00 0 [vdso]"))
                .isEmpty();
    }

    @Test
    void shouldReleaseAMappedFileWhoseContentsStayReadable(@TempDir Path directory) throws IOException {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        assumeThat(Files.getFileStore(directory).type()).isNotEqualTo("tmpfs"); // has no disk behind it
        Path file = Files.write(directory.resolve("mapped"), pattern());
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file)) {
            channel.force(true); // only pages that are on the disk can be released
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, BYTES, arena);
            long sum = sum(mapped);
            assertThat(residentKib(file)).isEqualTo(BYTES / 1024);

            long released = ColdPages.release(mapping -> mapping.file().equals(file.toString()));

            assertThat(released).isEqualTo(BYTES);
            assertThat(residentKib(file)).isLessThan(BYTES / 1024 / 2);
            assertThat(sum(mapped)).isEqualTo(sum);
        }
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (i / PAGE);
        }
        return bytes;
    }

    private static long sum(MemorySegment mapped) {
        long sum = 0;
        for (long at = 0; at < BYTES; at += PAGE) {
            sum += mapped.get(ValueLayout.JAVA_BYTE, at) * (at + 1);
        }
        return sum;
    }

    private static long residentKib(Path file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(file.toString())) {
                for (String line : lines.subList(i, lines.size())) {
                    if (line.startsWith("Rss:")) {
                        return Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            }
        }
        throw new IOException(file + " is not mapped");
    }
}
