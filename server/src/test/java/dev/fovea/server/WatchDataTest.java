package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchDataTest {

    @TempDir
    private Path directory;

    private Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = directory.resolve("home").toString();
        return Run.of(all);
    }

    private static Path aged(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }

    @Test
    void shouldAddWhatIsThereOnceAndGoOnAfterABadImage() throws IOException {
        Path photos = Files.createDirectory(directory.resolve("photos"));
        for (int i = 0; i < 3; i++) {
            aged(Files.write(photos.resolve(i + ".png"), Blots.png(0.5f, i)));
        }
        aged(Files.writeString(photos.resolve("bad.jpg"), "no image"));
        assertThat(run("data", "create", "zoo", "--task", "classification").exit())
                .isZero();
        Run first = run("data", "watch", "zoo", photos.toString(), "--once", "--json");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out().strip().lines()).hasSize(1);
        assertThat(first.out()).contains("\"added\":3", "IMAGE_FORMAT_UNSUPPORTED", "bad.jpg");
        assertThat(run("data", "watch", "zoo", photos.toString(), "--once").out())
                .contains("0 images were added, 3 were there already");
        Run gone = run("data", "watch", "zoo", photos.resolve("gone").toString());
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err()).contains("DATASET_INVALID", "is gone or cannot be read");
    }
}
