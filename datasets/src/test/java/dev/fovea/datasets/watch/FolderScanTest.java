package dev.fovea.datasets.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are given, none is waited for. */
class FolderScanTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration SETTLED = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private Path folder;
    private FolderScan scan;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(directory.resolve("camera/day 1"));
        scan = new FolderScan(directory.resolve("camera"), SETTLED);
    }

    private Path write(String name, String content, int second) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(at(second)));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private List<Path> ready(int second) {
        return scan.look(at(second)).ready();
    }

    @Test
    void shouldLeaveAFileUntilItIsComplete() throws IOException {
        Path old = write("old.jpg", "whole", -60);
        Path growing = write("growing.jpg", "ha", 0);
        write("notes.txt", "no image", -60);
        write(".hidden.jpg", "hidden", -60);
        FolderScan.Look first = scan.look(at(1));
        assertThat(first.ready()).containsExactly(old);
        assertThat(first.unsettled()).isEqualTo(1);
        assertThat(first.folders()).containsExactly(directory.resolve("camera"), folder);

        write("growing.jpg", "half", 2);
        assertThat(ready(3)).isEmpty();
        write("growing.jpg", "halfwhole", 2);
        assertThat(ready(4)).isEmpty();
        assertThat(ready(5)).isEmpty();
        assertThat(ready(6)).containsExactly(growing);
        assertThat(ready(60)).isEmpty();
    }

    @Test
    void shouldTakeAChangedFileAgainAndOneThatCameBack() throws IOException {
        Path file = write("a.png", "one", -60);
        assertThat(ready(0)).containsExactly(file);
        write("a.png", "two", 10);
        assertThat(ready(11)).isEmpty();
        assertThat(ready(13)).containsExactly(file);
        Files.delete(file);
        assertThat(ready(14)).isEmpty();
        write("a.png", "two", 10);
        assertThat(ready(15)).containsExactly(file);
    }

    @Test
    void shouldWaitForAFileWhoseTimeIsAhead() throws IOException {
        Path file = write("a.png", "one", 3600);
        assertThat(ready(0)).isEmpty();
        assertThat(ready(2)).containsExactly(file);
    }

    @Test
    void shouldSayThatTheFolderIsGone() throws IOException {
        Files.delete(folder);
        Files.delete(directory.resolve("camera"));
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> scan.look(START))
                .withMessageContaining("is gone or cannot be read");
    }

    @Test
    void shouldEndAWaitWhenItIsClosed() throws InterruptedException {
        FolderEvents events = FolderEvents.of(folder);
        events.watch(List.of(folder));
        events.close();
        assertThat(events.await(Duration.ofDays(1))).isFalse();
    }
}
