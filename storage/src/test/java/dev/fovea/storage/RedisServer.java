package dev.fovea.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real Redis on a free port of this machine that writes nothing to disk; tests are skipped aloud without one. */
final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final int port;
    private final List<String> more;
    private Process process;

    private RedisServer(int port, List<String> more) throws IOException {
        this.port = port;
        this.more = more;
        this.process = launch();
    }

    static RedisServer start(String... more) throws IOException {
        Optional<Path> program = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        String skipped = "skipped: no redis-server on PATH; apt-get install redis-server";
        if (program.isEmpty()) {
            System.err.println(skipped);
        }
        Assumptions.assumeTrue(program.isPresent(), skipped);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = socket.getLocalPort();
            socket.close();
            return new RedisServer(free, List.of(more));
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM, "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(more);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await("redis-server on port " + port)
                .atMost(Duration.ofMinutes(1))
                .failFast("redis-server has ended", () -> !started.isAlive())
                .until(this::listens);
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Kills it as the system would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, empty, where it was. */
    void restart() throws IOException {
        process = launch();
    }

    /** It keeps its connections and answers nothing. */
    void hang() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Ends {@link #hang}. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
