package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fovea and the peers whose answers equal Fovea's, all running; to be closed. Peers that cannot take part are named.
 */
final class Contenders implements AutoCloseable {

    private static final int COMPARED = 20;

    private final List<Contender> running = new ArrayList<>();

    private Contenders() {}

    /** Fovea first. */
    List<Contender> all() {
        return List.copyOf(running);
    }

    Contender fovea() {
        return running.getFirst();
    }

    List<Contender> peers() {
        return List.copyOf(running.subList(1, running.size()));
    }

    /**
     * Starts the peers beside a Fovea that runs, which it owns from now on.
     *
     * @param scripts {@code bench/peers}
     * @param directory for a copy of the scripts and for logs
     */
    static Contenders start(
            Contender fovea, List<Peer> peers, PeerEnvironment environments, PeerSubject subject, Path directory)
            throws IOException, InterruptedException {
        Contenders contenders = new Contenders();
        contenders.running.add(fovea);
        try {
            List<byte[]> images = subject.images()
                    .subList(0, Math.min(COMPARED, subject.images().size()));
            List<String> expected = fovea.labels(images);
            for (Peer peer : peers) {
                contenders.add(peer, environments, subject, directory, images, expected);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            contenders.close();
            throw e;
        }
        return contenders;
    }

    private void add(
            Peer peer,
            PeerEnvironment environments,
            PeerSubject subject,
            Path directory,
            List<byte[]> images,
            List<String> expected)
            throws IOException, InterruptedException {
        switch (environments.of(peer.environment())) {
            case PeerEnvironment.Skipped(String reason) -> skipped(peer, reason);
            case PeerEnvironment.Installed(Path python) -> {
                try {
                    Contender started = Contender.start(peer, python, subject, directory);
                    int equal = equal(started.labels(images), expected);
                    if (equal == expected.size()) {
                        running.add(started);
                    } else {
                        started.close();
                        skipped(
                                peer,
                                "the best label equals Fovea's for %d of %d images only"
                                        .formatted(equal, expected.size()));
                    }
                } catch (IOException e) {
                    skipped(peer, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static void skipped(Peer peer, String reason) {
        BenchReport.say("SKIPPED %s: %s".formatted(peer.name(), reason));
    }

    private static int equal(List<String> labels, List<String> expected) {
        int equal = 0;
        for (int i = 0; i < expected.size(); i++) {
            equal += labels.get(i).equals(expected.get(i)) ? 1 : 0;
        }
        return equal;
    }

    /** Copies the peers' scripts, as Python writes compiled files beside them. */
    static void copyScripts(Path scripts, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".py")).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Contender each : running) {
            each.close();
        }
    }
}
