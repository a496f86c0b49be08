package dev.fovea.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.Run;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code fovea data} on a home whose disk is full or read-only: a small file system in memory. */
@Timeout(180)
class UnwritableHomeTest {

    @TempDir
    private Path directory;

    private Path disk;
    private Path images;
    private boolean isMounted;

    @BeforeEach
    void shouldHaveADataset() throws IOException {
        disk = Files.createDirectory(directory.resolve("disk"));
        images = directory.resolve("images");
        isMounted = succeeds("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(isMounted, "a file system in memory can be mounted by root only");
        for (FabricClass kind : new FabricClass[] {FabricClass.HOLE, FabricClass.TEAR}) {
            Path folder = Files.createDirectories(images.resolve(kind.name().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < 3; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(kind, i));
            }
        }
        assertThat(data("create", "shirts", "--from", images.toString()).exit()).isZero();
        Files.write(images.resolve("tear/9.jpg"), TestModels.image(FabricClass.TEAR, 9));
    }

    @AfterEach
    void unmount() {
        if (isMounted) {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void shouldChangeNothingOnAFullDiskAndSayWhatToDo() throws IOException {
        fill();

        for (String line : changes()) {
            Run refused = data(line.split(" "));
            assertThat(refused.exit()).as(line).isEqualTo(1);
            assertThat(refused.err())
                    .as(line)
                    .contains("STORAGE_FAILED", disk.toString(), "its disk is full. Free space")
                    .doesNotContain("Exception");
        }
        for (String line : List.of("list", "show shirts", "log shirts", "diff shirts 1 1", "verify shirts")) {
            assertThat(data(line.split(" ")).exit()).as(line).isZero();
        }
        Run alerts = Run.of("alerts", "list", "--home", disk.resolve("home").toString());
        assertThat(alerts.exit()).as(alerts.err()).isZero();
        assertThat(alerts.err()).contains("The home cannot be written: ", "GET /v1/alerts");
        Run export = data(
                "export",
                "shirts@1",
                "--format",
                "csv",
                "--to",
                disk.resolve("out").toString());
        assertThat(export.err()).contains("STORAGE_FAILED", "No space left on device", "Nothing was written");
        try (var left = Files.list(disk)) {
            assertThat(left)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("home", "fill");
        }
        Files.delete(disk.resolve("fill"));
        assertThat(data("show", "shirts").out())
                .contains("6 images, 6 labelled")
                .doesNotContain("changed since");
        assertThat(data("verify", "shirts").out()).contains("all are intact");
        assertThat(data("add", "shirts", images.toString()).out()).contains("1 image was added, 6 were there");
    }

    @Test
    void shouldRefuseAReadOnlyHomeAndSayWhatToDo() {
        assertThat(succeeds("mount", "-o", "remount,ro", disk.toString())).isTrue();

        List<String> lines = new ArrayList<>(changes());
        lines.addAll(List.of("list", "show shirts", "log shirts", "verify shirts"));
        for (String line : lines) {
            Run refused = data(line.split(" "));
            assertThat(refused.exit()).as(line).isEqualTo(1);
            assertThat(refused.err())
                    .as(line)
                    .contains("STORAGE_FAILED", disk.toString(), "Read-only file system", "choose another home");
        }
    }

    private List<String> changes() {
        return List.of(
                "create others --task classification",
                "add shirts " + images,
                "tag shirts camera=3",
                "split shirts 70/10/20",
                "rename-class shirts hole gap",
                "remove shirts --where class=hole",
                "commit shirts -m again",
                "forget shirts --reason x --yes --image " + images.resolve("hole/0.jpg"));
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("fill"))) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 6 << 8; i++) {
                out.write(block);
            }
            throw new AssertionError("the disk is not full");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        assertThat(Files.getFileStore(disk).getUsableSpace()).isZero();
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private Run data(String... arguments) {
        List<String> line = new ArrayList<>(List.of("data"));
        line.addAll(Arrays.asList(arguments));
        line.addAll(List.of("--home", disk.resolve("home").toString()));
        return Run.of(line.toArray(String[]::new));
    }
}
