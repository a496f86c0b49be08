package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime 1.29's Linux build has telemetry: off, and with it the crashes that it caused. */
class EngineTest {

    /** Hides {@code /etc/machine-id} from the command that follows, in a mount namespace of its own. */
    private static final String WITHOUT_MACHINE_ID = """
            mount -t tmpfs none "$0" || exit 1
            cp -a /etc/. "$0" 2>/dev/null; rm -f "$0/machine-id"
            mount --bind "$0" /etc && [ ! -e /etc/machine-id ] && exec "$@"
            """;

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
    }

    @Test
    void shouldLeaveNoFilesInAFreshHome() throws Exception {
        requireRun(EngineProcess.run(home, List.of(), "engine"));
        assertThat(EngineProcess.files(home)).isEmpty();
    }

    /** Shows that the test above can fail. When this one does, the library has no telemetry any more: remove it. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void shouldSeeTelemetryWhereTheLibraryIsLoadedByAnotherDoor() throws Exception {
        requireRun(EngineProcess.run(home, List.of(), "bare"));
        assertThat(EngineProcess.files(home))
                .anySatisfy(file -> assertThat(file.toString()).contains("Microsoft", "onnxruntime"));
    }

    @Test
    void shouldRunWithACommandLineOfSixtyThousandCharacters() throws Exception {
        requireRun(EngineProcess.run(home, List.of(), "engine", "a".repeat(60_000)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRunWhereThereIsNoMachineId() throws Exception {
        if (!Files.exists(Path.of("/etc/machine-id"))) {
            requireRun(EngineProcess.run(home, List.of(), "engine"));
            return;
        }
        String etc = Files.createDirectory(directory.resolve("etc")).toString();
        List<String> hide = List.of("unshare", "--mount", "sh", "-c", WITHOUT_MACHINE_ID, etc);
        Assumptions.assumeTrue(canHide(hide), "SKIPPED: /etc/machine-id cannot be hidden here (unshare --mount)");
        requireRun(EngineProcess.run(home, hide, "engine"));
    }

    private boolean canHide(List<String> hide) throws InterruptedException {
        try {
            List<String> command = new java.util.ArrayList<>(hide);
            command.add("true");
            return EngineProcess.run(home, command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireRun(EngineProcess.End end) {
        assertThat(end.status()).as(end.output()).isZero();
        assertThat(end.output()).contains("ran ");
    }
}
