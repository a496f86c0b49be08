package dev.fovea.storage.traffic;

import dev.fovea.registry.leases.Leases;
import dev.fovea.storage.files.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The only server of a home. */
public final class LoneServer {

    public static final Leases LEASES = new Leases() {
        @Override
        public boolean tryHold(String name, Duration duration) {
            return true;
        }

        @Override
        public void release(String name) {}
    };

    private LoneServer() {}

    /** The logs of a directory. */
    static TrafficStores stores(Path home) throws IOException {
        return TrafficStores.in(
                home,
                new Workspace(Files.createDirectories(home.resolve("tmp"))),
                file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }
}
