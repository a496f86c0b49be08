package dev.fovea.bench.peers;

import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home of Fovea for one workload, with a copy of the peers' scripts, as Python writes files beside them; to be
 * closed.
 */
final class PeerHome implements AutoCloseable {

    static final String MODEL = "bench";

    private final PeerOptions options;
    private final PeerEnvironment environments;
    private final TemporaryDirectory directory;
    private final Launcher launcher;

    private PeerHome(PeerOptions options, PeerEnvironment environments, TemporaryDirectory directory) {
        this.options = options;
        this.environments = environments;
        this.directory = directory;
        this.launcher = new Launcher(directory.path(), Launcher.MEASURING);
    }

    static PeerHome create(PeerOptions options, PeerEnvironment environments) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create();
        try (Stream<Path> files = Files.list(environments.scripts())) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".py")).toList()) {
                Files.copy(file, directory.path().resolve(file.getFileName()));
            }
        }
        return new PeerHome(options, environments, directory);
    }

    Path path() {
        return directory.path();
    }

    Launcher launcher() {
        return launcher;
    }

    PeerOptions options() {
        return options;
    }

    PeerEnvironment environments() {
        return environments;
    }

    /** Imports a network as the next version of {@link #MODEL}. */
    void importModel(PeerSubject subject, PeerSubject.Decode decode) throws IOException, InterruptedException {
        subject.importAs(MODEL, launcher, path(), decode);
    }

    /** Fovea with {@link #MODEL} in production. */
    Contender fovea(PeerSubject subject) throws IOException, InterruptedException {
        return Contender.fovea(launcher, MODEL, subject.images().getFirst());
    }

    /** Imports the network and starts Fovea and all peers that the command line names. */
    Contenders start(PeerSubject subject, PeerSubject.Decode decode) throws IOException, InterruptedException {
        List<Peer> peers = peers(decode);
        importModel(subject, decode);
        Contender fovea = fovea(subject);
        return Contenders.start(fovea, fovea, peers, subject, this);
    }

    /** The peers that the command line names and that could be installed; the others are named. */
    List<Peer> peers(PeerSubject.Decode decode) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        for (Peer peer : Peer.ALL) {
            if (options.wants(peer)) {
                switch (environments.of(peer.environment())) {
                    case PeerEnvironment.Installed _ -> peers.add(peer.decoding(decode));
                    case PeerEnvironment.Skipped(String reason) -> Contenders.skipped(peer, reason);
                }
            }
        }
        return peers;
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
