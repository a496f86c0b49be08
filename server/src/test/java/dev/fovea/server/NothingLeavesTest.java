package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.synthetic.FabricClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program in processes without {@code CI} in their environment (it would silence a library's telemetry): it
 * leaves no file in a fresh home directory and opens no connection to another machine.
 */
class NothingLeavesTest {

    private static final List<String> TRACE =
            List.of("strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg");

    @TempDir
    private Path directory;

    private Path home;
    private Path outside;

    @Test
    void shouldLeaveNoFilesAndConnectToNothing() throws Exception {
        home = Files.createDirectory(directory.resolve("user"));
        outside = directory.resolve("fovea");
        boolean traced = canTrace();
        Path contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        Path labels = Files.writeString(directory.resolve("labels.txt"), "hole\nnone\ntear\n");
        Path onnx = Files.write(directory.resolve("model.onnx"), TestModels.network(1));
        Path image = Files.write(directory.resolve("tear.jpg"), TestModels.image(FabricClass.TEAR, 4));

        run(
                traced,
                "import",
                onnx.toString(),
                "--name",
                "shirts",
                "--contract",
                contract.toString(),
                "--labels",
                labels.toString());
        run(traced, "predict", "shirts", image.toString());
        run(traced, "tune", "shirts", "--budget", "2s");
        serve(traced);

        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        Assumptions.assumeTrue(traced, "SKIPPED: connections are not looked at, strace is absent or not allowed");
        assertThat(connections()).isEmpty();
    }

    private void run(boolean traced, String... arguments) throws IOException, InterruptedException {
        Process process = start(traced, arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void serve(boolean traced) throws IOException, InterruptedException {
        Process process = start(traced, "serve", "--port", "0", "--management-port", "0", "--grpc-port", "0");
        try (BufferedReader output = Child.output(process)) {
            Child.await(output, "is ready at");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
    }

    private Process start(boolean traced, String... arguments) throws IOException {
        ProcessBuilder builder = Child.builder(arguments).redirectErrorStream(true);
        if (traced) {
            builder.command()
                    .addAll(
                            0,
                            List.of(
                                    "-o",
                                    directory.resolve("trace-" + arguments[0]).toString()));
            builder.command().addAll(0, TRACE);
        }
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("CI", "ORT_DISABLE_TELEMETRY", "DJL_OFFLINE", "OPT_OUT_TRACKING"));
        environment.keySet().removeIf(name -> name.startsWith("FOVEA_"));
        environment.put("HOME", home.toString());
        environment.put("FOVEA_HOME", outside.toString());
        return builder.start();
    }

    /** Lines of the traces that name an internet address other than this machine's own. */
    private List<String> connections() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("trace-"))
                    .flatMap(NothingLeavesTest::lines)
                    .filter(line -> line.contains("AF_INET"))
                    .filter(line -> !line.contains("127.0.0.1") && !line.contains("::1\""))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
