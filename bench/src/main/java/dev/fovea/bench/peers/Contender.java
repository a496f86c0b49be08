package dev.fovea.bench.peers;

import dev.fovea.bench.BenchConnection;
import dev.fovea.bench.ClosedLoop;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running server, Fovea's or a peer's.
 *
 * @param name in reports
 * @param handMade whether it is a stack that engineers write themselves
 * @param endpoint where it predicts
 * @param tree its processes
 * @param start how it started
 */
record Contender(String name, boolean handMade, Endpoint endpoint, ProcessTree tree, Start start)
        implements AutoCloseable {

    static final String FOVEA = "fovea";

    private static final int CLIENTS = 8;
    private static final int READY_SECONDS = 120;
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int POLL_MS = 5;
    private static final Pattern LABEL = Pattern.compile("\"label\"\\s*:\\s*\"([^\"]*)\"");

    /**
     * Where images are sent to.
     *
     * @param upload how they travel
     */
    record Endpoint(int port, String path, Upload upload) {

        byte[] request(byte[] image) {
            return upload.request(path, image);
        }
    }

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
        Endpoint endpoint = new Endpoint(server.port(), "/v1/models/" + model + "/predict", Upload.RAW);
        Start start = started(endpoint, server.nanosToReady() / 1e9, image);
        return new Contender(name, false, endpoint, server.tree(), start);
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
        builder.environment().put("HOME", scripts.toString());
        builder.environment().put("BENTOML_DO_NOT_TRACK", "True");
        builder.environment().put("RAY_USAGE_STATS_ENABLED", "0");
        builder.environment().put("PATH", python.getParent() + ":" + System.getenv("PATH"));
        long start = System.nanoTime();
        Process process = builder.start();
        ProcessTree tree = ProcessTree.of(process);
        while (!isReady(port, peer.ready())) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
                tree.stop(Duration.ZERO);
                throw new IOException("%s did not become ready: %s"
                        .formatted(
                                peer.name(),
                                Files.readString(log).strip().lines().reduce("", (a, line) -> line)));
            }
            Thread.sleep(POLL_MS);
        }
        double ready = (System.nanoTime() - start) / 1e9;
        Endpoint endpoint = new Endpoint(port, "/predict", peer.upload());
        Start started = started(endpoint, ready, subject.images().getFirst());
        return new Contender(peer.name(), peer.handMade(), endpoint, tree, started);
    }

    private static boolean isReady(int port, String path) {
        try (BenchConnection connection = new BenchConnection(port)) {
            return connection.get(path).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Start started(Endpoint endpoint, double ready, byte[] image) throws IOException {
        try (BenchConnection connection = new BenchConnection(endpoint.port())) {
            long start = System.nanoTime();
            var _ = connection.send(endpoint.request(image)).successful();
            return new Start(ready, (System.nanoTime() - start) / 1e6);
        }
    }

    /** The same server at another endpoint. */
    Contender at(String otherName, Endpoint other) {
        return new Contender(otherName, handMade, other, tree, start);
    }

    /** The best label of each image. */
    List<String> labels(List<byte[]> images) throws IOException {
        List<String> labels = new ArrayList<>();
        try (BenchConnection connection = new BenchConnection(endpoint.port())) {
            for (byte[] image : images) {
                String body =
                        connection.send(endpoint.request(image)).successful().body();
                Matcher label = LABEL.matcher(body);
                labels.add(label.find() ? label.group(1) : "no label in " + body);
            }
        }
        return labels;
    }

    /** Eight clients, closed loop. */
    ClosedLoop.LoopFigures closedLoop(List<byte[]> images, int count)
            throws IOException, InterruptedException, ExecutionException {
        return new ClosedLoop(endpoint.port(), CLIENTS, (connection, image) -> {
                    var _ = connection.send(endpoint.request(image)).successful();
                })
                .run(tree, images, count);
    }

    @Override
    public void close() {
        tree.stop(STOP);
    }
}
