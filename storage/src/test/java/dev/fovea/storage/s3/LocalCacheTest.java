package dev.fovea.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCacheTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private LocalCache cache;

    @BeforeEach
    void open() throws IOException {
        Path tmp = Files.createDirectories(directory.resolve("tmp"));
        cache = new LocalCache(directory.resolve("cache"), new Workspace(tmp), new DurableFiles(), 25, () -> now);
    }

    @Test
    void shouldRemoveWhatWasNotUsedForTheLongestTimePastItsSize() {
        String first = keep("1234567890");
        String second = keep("2234567890");
        now = now.plus(LocalCache.IN_USE).plusSeconds(1);
        assertThat(cache.blob(first)).isPresent();
        keep("3234567890");
        assertThat(cache.blob(second)).isEmpty();
        assertThat(cache.blob(first)).isPresent();
    }

    @Test
    void shouldKeepWhatIsInUsePastItsSize() {
        String first = keep("1234567890");
        String second = keep("2234567890");
        String third = keep("3234567890");
        assertThat(cache.blob(first)).isPresent();
        assertThat(cache.blob(second)).isPresent();
        assertThat(cache.blob(third)).isPresent();
    }

    @Test
    void shouldRemoveDamagedCopy() throws IOException {
        String id = keep("1234567890");
        Path copy = directory.resolve("cache/blobs").resolve(id.substring(0, 2)).resolve(id);
        Files.writeString(copy, "damaged");
        assertThat(cache.blob(id)).isEmpty();
        assertThat(copy).doesNotExist();
    }

    private String keep(String content) {
        cache.keepBlob(content.getBytes(UTF_8));
        now = now.plusSeconds(1);
        return DurableFiles.hash(content.getBytes(UTF_8));
    }
}
