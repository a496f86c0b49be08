package dev.fovea.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a user starts it, by its launcher, on a home of the benchmark's own. */
public final class Launcher {

    /** Every request is inferred, and nothing else is measured meanwhile. */
    public static final Map<String, String> MEASURING =
            Map.of("FOVEA_CACHE_MAX_SIZE", "0MB", "FOVEA_INFERENCE_TUNING_TIMEOUT", "0s");

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int READY_SECONDS = 180;
    private static final int POLL_MS = 5;

    private final Path program;
    private final Path home;
    private final Map<String, String> environment;

    /** A launcher that starts everything with more environment than this process has. */
    public Launcher(Path home, Map<String, String> environment) {
        this(Path.of(System.getProperty("fovea.root")), home, environment);
    }

    /** The program of another clone. */
    Launcher(Path clone, Path home, Map<String, String> environment) {
        this.program = clone.toAbsolutePath().resolve("fovea");
        this.home = home;
        this.environment = environment;
    }

    /** Runs a verb to its end and returns what it printed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Process process = start(Arrays.asList(arguments));
        try (BufferedReader out = process.inputReader()) {
            StringBuilder printed = new StringBuilder();
            out.lines().forEach(line -> printed.append(line).append('\n'));
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("fovea %s ended with %d: %s".formatted(arguments[0], code, printed));
            }
            return printed.toString();
        }
    }

    /** Starts the server and returns when the readiness probe returns 200. */
    public Server serve() throws IOException, InterruptedException {
        int port = freePort();
        int management = freePort();
        long start = System.nanoTime();
        Process process = start(
                List.of("serve", "--port", String.valueOf(port), "--management-port", String.valueOf(management)));
        long timeout = start + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!isReady(management)) {
            if (!process.isAlive() || System.nanoTime() > timeout) {
                process.destroy();
                throw new IOException("the server did not become ready");
            }
            Thread.sleep(POLL_MS);
        }
        long nanos = System.nanoTime() - start;
        return new Server(process, port, management, nanos, ProcessTree.processorSeconds(process.pid()));
    }

    private static boolean isReady(int port) {
        try (BenchConnection connection = new BenchConnection(port)) {
            return connection.get("/health/readiness").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--home", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectError(home.resolve("errors.log").toFile()).start();
    }

    /** A TCP port that is free now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A running server. The launcher has become the program, so the process is the program's. */
    public record Server(
            Process process, int port, int managementPort, long nanosToReady, double processorSecondsToReady)
            implements AutoCloseable {

        /** Its process, for processor time and memory. */
        public ProcessTree tree() {
            return ProcessTree.of(process);
        }

        /** Stops it as an orchestrator would. */
        @Override
        public void close() {
            tree().stop(STOP);
        }
    }
}
