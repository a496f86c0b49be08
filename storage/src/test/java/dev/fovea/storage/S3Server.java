package dev.fovea.storage;

import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real object store on a free port, versitygw, which checks signatures and keeps each object as a file; tests are
 * skipped aloud without one. It ends with the JVM.
 */
final class S3Server implements AutoCloseable {

    static final String ACCESS = "fovea-tests";
    static final String SECRET = "a secret of the tests";

    private static final Path PROGRAM = Path.of(Optional.ofNullable(System.getenv("FOVEA_VERSITYGW"))
            .orElse(System.getProperty("user.home") + "/.cache/fovea/versitygw-1.8.0"));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path directory;
    private final int port;
    private Process process;

    private S3Server(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** Started at the first use. */
    private static final class Shared {
        private static final S3Server SERVER = startShared();
    }

    /** The one of this JVM. */
    static S3Server shared() {
        requireProgram();
        return Shared.SERVER;
    }

    private static void requireProgram() {
        String skipped =
                "skipped: no S3 server %s; .ci/run install builds it, or set FOVEA_VERSITYGW".formatted(PROGRAM);
        if (!Files.isExecutable(PROGRAM)) {
            System.err.println(skipped);
        }
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), skipped);
    }

    private static S3Server startShared() {
        try {
            Path directory = Files.createTempDirectory("fovea-s3");
            S3Server server = new S3Server(directory, freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.end(directory)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the S3 server did not start", e);
        }
    }

    /** One of the test's own. */
    static S3Server start(Path directory) throws IOException {
        requireProgram();
        return new S3Server(Files.createDirectories(directory), freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void end(Path all) {
        close();
        try {
            process.waitFor();
            DurableFiles.deleteTree(all);
        } catch (IOException | InterruptedException e) {
            System.err.println("The S3 server's files stay in " + all + ": " + e);
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(), "--port", "127.0.0.1:" + port, "--quiet", "posix", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ROOT_ACCESS_KEY", ACCESS);
        builder.environment().put("ROOT_SECRET_KEY", SECRET);
        Process started = builder.start();
        Awaitility.await("versitygw on port " + port)
                .atMost(Duration.ofMinutes(1))
                .failFast("versitygw has ended", () -> !started.isAlive())
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

    /** A place in a new bucket. */
    S3Settings create() {
        String bucket = "test" + NUMBER.incrementAndGet();
        try {
            Files.createDirectory(directory.resolve(bucket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings(bucket, SECRET);
    }

    S3Settings settings(String bucket, String secret) {
        return S3Settings.of(
                "s3://%s/homes/one?endpoint=http://127.0.0.1:%d".formatted(bucket, port),
                Optional.of(new S3Settings.Keys(ACCESS, secret)),
                S3Settings.DEFAULT_CACHE_BYTES);
    }

    /** Where the objects of a place lie as files. */
    Path files(S3Settings settings) {
        return directory.resolve(settings.bucket()).resolve(settings.prefix());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
