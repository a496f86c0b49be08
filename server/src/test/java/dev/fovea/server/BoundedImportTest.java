package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea import} as a process, on networks that would take hours or all memory. */
class BoundedImportTest {

    @TempDir
    private Path directory;

    private Path home;
    private Path contract;
    private Path labels;

    /** How a command ended and what it said on both streams. */
    private record End(int exit, String said) {}

    @BeforeEach
    void write() throws IOException {
        home = directory.resolve("home");
        contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        labels = Files.writeString(directory.resolve("labels.txt"), "hole\nnone\ntear\n");
    }

    @Test
    void shouldImportAsBeforeWhatKeepsTheLimits() throws Exception {
        End end = importing(TestModels.network(1), "--json");
        assertThat(end.exit()).as(end.said()).isZero();
        assertThat(end.said()).contains("\"production\" : true");
        assertThat(run("models").said()).contains("shirts");
    }

    @Test
    void shouldStopANetworkThatLoopsAndNameTheOption() throws Exception {
        End end = importing(HostileNetworks.looping(), "--max-seconds", "3");
        assertThat(end.exit()).isEqualTo(1);
        assertThat(end.said()).contains("MODEL_LIMIT_EXCEEDED", "3 s", "--max-seconds");
        assertNothingRegisteredAndNothingLeftOpen();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldStopANetworkThatTakesTooMuchMemoryAndNameTheOption() throws Exception {
        End end = importing(HostileNetworks.huge(), "--max-memory-mb", "1500");
        assertThat(end.exit()).isEqualTo(1);
        assertThat(end.said()).contains("MODEL_LIMIT_EXCEEDED", "1,500 MB", "--max-memory-mb");
        assertNothingRegisteredAndNothingLeftOpen();
    }

    /** No job stays open, either: the next command does not tell of one that was cut off. */
    private void assertNothingRegisteredAndNothingLeftOpen() throws Exception {
        End models = run("models");
        assertThat(models.exit()).isZero();
        assertThat(models.said()).contains("No model is registered").doesNotContain("cut off");
    }

    private End importing(byte[] network, String... options) throws Exception {
        Path onnx = Files.write(directory.resolve("network.onnx"), network);
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                onnx.toString(),
                "--name",
                "shirts",
                "--contract",
                contract.toString(),
                "--labels",
                labels.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private End run(String... arguments) throws Exception {
        List<String> inHome = new ArrayList<>(List.of(arguments));
        inHome.addAll(List.of("--home", home.toString()));
        Process process = Child.startTalking(inHome.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), said);
    }
}
