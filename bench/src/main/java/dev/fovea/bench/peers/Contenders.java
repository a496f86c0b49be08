package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fovea and the peers whose predictions equal Fovea's, all running; to be closed. Peers that cannot take part are
 * named.
 */
final class Contenders implements AutoCloseable {

    private static final int COMPARED = 20;
    /** Reduced decoding is not defined to the byte, so that one image in twenty may fall to another label. */
    private static final double SHARE_FAST = 0.95;

    private final List<Contender> running = new ArrayList<>();

    private Contenders() {}

    /** Fovea first. */
    List<Contender> all() {
        return List.copyOf(running);
    }

    Contender fovea() {
        return running.getFirst();
    }

    /**
     * Starts the peers beside a Fovea that runs, which it owns from now on.
     *
     * @param reference whose best labels the peers must name
     * @param home for the scripts, the environments and logs
     */
    static Contenders start(Contender fovea, Contender reference, List<Peer> peers, PeerSubject subject, PeerHome home)
            throws IOException, InterruptedException {
        Contenders contenders = new Contenders();
        contenders.running.add(fovea);
        try {
            List<byte[]> images = subject.images()
                    .subList(0, Math.min(COMPARED, subject.images().size()));
            List<String> expected = reference.labels(images);
            for (Peer peer : peers) {
                if (home.environments().of(peer.environment()) instanceof PeerEnvironment.Installed(Path python)) {
                    try {
                        contenders.add(peer, Contender.start(peer, python, subject, home.path()), images, expected);
                    } catch (IOException e) {
                        skipped(peer, String.valueOf(e.getMessage()));
                    }
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            contenders.close();
            throw e;
        }
        return contenders;
    }

    private void add(Peer peer, Contender started, List<byte[]> images, List<String> expected) throws IOException {
        int equal = equal(started.labels(images), expected);
        if (equal >= expected.size() * (peer.decodesFast() ? SHARE_FAST : 1)) {
            running.add(started);
        } else {
            started.close();
            skipped(peer, "its best label equals Fovea's for %d of %d images".formatted(equal, expected.size()));
        }
    }

    /** Says so. */
    static void skipped(Peer peer, String reason) {
        BenchReport.say("SKIPPED %s: %s".formatted(peer.name(), reason));
    }

    /** Number of equal labels. */
    static int equal(List<String> labels, List<String> expected) {
        int equal = 0;
        for (int i = 0; i < expected.size(); i++) {
            equal += labels.get(i).equals(expected.get(i)) ? 1 : 0;
        }
        return equal;
    }

    @Override
    public void close() {
        for (Contender each : running) {
            each.close();
        }
    }
}
