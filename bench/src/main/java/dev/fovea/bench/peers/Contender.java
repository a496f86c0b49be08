package dev.fovea.bench.peers;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.ClosedLoop;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running server, Fovea's or a peer's. Images are the bodies of requests.
 *
 * @param name in reports
 * @param handMade whether it is a stack that engineers write themselves
 * @param port its port for predictions
 * @param path of a prediction
 * @param tree its processes
 * @param start how it started
 */
record Contender(String name, boolean handMade, int port, String path, ProcessTree tree, Start start)
        implements AutoCloseable {

    static final String FOVEA = "fovea";

    private static final int CLIENTS = 8;
    private static final int READY_SECONDS = 120;
    private static final int STOP_SECONDS = 20;
    private static final int POLL_MS = 5;
    private static final Pattern LABEL = Pattern.compile("\"label\"\\s*:\\s*\"([^\"]*)\"");

    /**
     * From the start of the process.
     *
     * @param readySeconds until the readiness probe returned 200
     * @param firstMs the first prediction after that
     */
    record Start(double readySeconds, double firstMs) {}

    /** Fovea with a model that is in production. */
    static Contender fovea(Launcher launcher, String model, byte[] image) throws IOException, InterruptedException {
        return fovea(FOVEA, launcher, model, image);
    }

    static Contender fovea(String name, Launcher launcher, String model, byte[] image)
            throws IOException, InterruptedException {
        Launcher.Server server = launcher.serve();
        String path = "/v1/models/" + model + "/predict";
        double ready = server.nanosToReady() / 1e9;
        return new Contender(
                name, false, server.port(), path, server.tree(), started(server.port(), path, ready, image));
    }

    /**
     * Starts a peer in a directory with a copy of the scripts.
     *
     * @throws IOException when it ends or does not become ready, with the last line that it printed
     */
    static Contender start(Peer peer, Path python, PeerSubject subject, Path scripts)
            throws IOException, InterruptedException {
        int port = Launcher.freePort();
        Path log = scripts.resolve(peer.name() + ".log");
        List<String> command = Stream.concat(Stream.of(python.toString()), peer.command().stream())
                .map(word -> word.replace("{port}", String.valueOf(port)))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scripts.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PEER_CONFIG", subject.configuration(peer.settings()));
        builder.environment().put("PEER_PORT", String.valueOf(port));
        builder.environment().put("PATH", python.getParent() + ":" + System.getenv("PATH"));
        long start = System.nanoTime();
        Process process = builder.start();
        ProcessTree tree = ProcessTree.of(process);
        while (!isReady(port, peer.ready())) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
                tree.stop(0);
                throw new IOException("%s did not become ready: %s"
                        .formatted(
                                peer.name(),
                                Files.readString(log).strip().lines().reduce("", (a, line) -> line)));
            }
            Thread.sleep(POLL_MS);
        }
        double ready = (System.nanoTime() - start) / 1e9;
        byte[] image = subject.images().getFirst();
        return new Contender(
                peer.name(), peer.handMade(), port, "/predict", tree, started(port, "/predict", ready, image));
    }

    private static boolean isReady(int port, String path) {
        try (BenchConnection connection = new BenchConnection(port)) {
            return connection.get(path).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Start started(int port, String path, double ready, byte[] image) throws IOException {
        try (BenchConnection connection = new BenchConnection(port)) {
            long start = System.nanoTime();
            var _ = connection.post(path, "image/jpeg", image).successful();
            return new Start(ready, (System.nanoTime() - start) / 1e6);
        }
    }

    /** The best label of each image. */
    List<String> labels(List<byte[]> images) throws IOException {
        List<String> labels = new ArrayList<>();
        try (BenchConnection connection = new BenchConnection(port)) {
            for (byte[] image : images) {
                String body =
                        connection.post(path, "image/jpeg", image).successful().body();
                Matcher label = LABEL.matcher(body);
                labels.add(label.find() ? label.group(1) : "no label in " + body);
            }
        }
        return labels;
    }

    /** Eight clients, closed loop. */
    ClosedLoop.Measured closedLoop(List<byte[]> images, int count)
            throws IOException, InterruptedException, ExecutionException {
        return new ClosedLoop(port, CLIENTS, (connection, image) -> {
                    var _ = connection.post(path, "image/jpeg", image).successful();
                })
                .run(tree, images, count);
    }

    @Override
    public void close() throws InterruptedException {
        tree.stop(STOP_SECONDS);
    }
}
