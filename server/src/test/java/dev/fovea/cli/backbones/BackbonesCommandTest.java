package dev.fovea.cli.backbones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea backbones} as a person types it. */
class BackbonesCommandTest {

    @TempDir
    private Path directory;

    private Run fovea(String command, String... arguments) {
        String[] line = new String[arguments.length + 4];
        line[0] = "backbones";
        line[1] = command;
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        line[line.length - 2] = "--home";
        line[line.length - 1] = directory.resolve("home").toString();
        return Run.of(line);
    }

    @Test
    void shouldListTheCatalogueWithLicences() {
        Run listed = fovea("list");
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(listed.out()).contains("efficientnet-lite0", "mobilenet-v2", "Apache-2.0", "MB");
    }

    @Test
    void shouldNameTheCatalogueWhereABackboneIsNotInIt() {
        Run added = fovea("add", "resnet-9000");
        assertThat(added.exit()).isEqualTo(1);
        assertThat(added.err()).contains("NOT_FOUND", "resnet-9000", "efficientnet-lite0");
    }

    @Test
    void shouldRefuseACheckpointThatCallsTheSystem() throws IOException {
        Path file = directory.resolve("weights.pth");
        byte[] pickle = "\u0080\u0002cposix\nsystem\n(X\u0004\0\0\0truetR.".getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(pickle);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("weights/data.pkl");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(pickle.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(pickle);
        }

        Run imported = fovea("import", file.toString(), "--architecture", "resnet-18");

        assertThat(imported.exit()).isEqualTo(1);
        assertThat(imported.err()).contains("CHECKPOINT_UNSAFE", "posix.system").doesNotContain("\tat ");
        assertThat(directory.resolve("home/backbones")).doesNotExist();
    }

    @Test
    void shouldListTheArchitecturesWhereOneIsUnknown() throws IOException {
        Path file = Files.write(directory.resolve("weights.pth"), new byte[] {1, 2, 3});
        Run imported = fovea("import", file.toString(), "--architecture", "lenet");
        assertThat(imported.exit()).isEqualTo(2);
        assertThat(imported.err()).contains("lenet", "resnet-18", "vit-tiny");
    }

    @Test
    void shouldRefuseAFileThatHoldsNoWeights() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.pth"), "no weights");
        Run imported = fovea("import", file.toString());
        assertThat(imported.exit()).isEqualTo(1);
        assertThat(imported.err()).contains("CHECKPOINT_CORRUPT", "notes.pth");
    }
}
