package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that were written for Triton and KServe, unmodified, from Python's package index. {@code INTEROP_PYTHON}
 * names a Python that has them; without one the test is skipped and says so.
 */
@Timeout(300)
class InteropTest {

    @TempDir
    private Path directory;

    @Test
    void shouldAnswerUnmodifiedClientsOfTriton() throws Exception {
        assertPasses("triton", "import tritonclient.http, tritonclient.grpc");
    }

    @Test
    void shouldAnswerUnmodifiedClientsOfKserve() throws Exception {
        assertPasses("kserve", "import kserve");
    }

    private void assertPasses(String clients, String needed) throws Exception {
        String python = System.getenv().getOrDefault("INTEROP_PYTHON", "python3");
        Assumptions.assumeTrue(
                runs(python, "-c", needed),
                "SKIPPED: %s has no clients of %s; set INTEROP_PYTHON to a Python that has tritonclient[all] and kserve."
                        .formatted(python, clients));
        Path image = Files.write(directory.resolve("image.jpg"), TestModels.image(FabricClass.HOLE, 5));
        try (RunningServer server = RunningServer.with(models -> {
            RunningServer.shirts(models);
            TensorModels.register(models);
        })) {
            Process process = new ProcessBuilder(
                            python,
                            Path.of("src/test/python/interop.py")
                                    .toAbsolutePath()
                                    .toString(),
                            clients,
                            Integer.toString(server.server().port()),
                            Integer.toString(server.server().grpcPort()),
                            image.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).contains("checks passed");
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
