package dev.fovea.storage.files;

import com.github.f4b6a3.ulid.UlidCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The home's {@code tmp/} for incomplete files. Names contain the process id, so that leftovers can be removed. */
public final class Workspace {

    private static final Pattern NAME = Pattern.compile("(\\d+)-.*");

    private static final int PROBE_BYTES = 1 << 16;

    private final Path directory;

    public Workspace(Path directory) {
        this.directory = directory;
    }

    /** An unused name. */
    public Path next() {
        return directory.resolve(ProcessHandle.current().pid() + "-" + UlidCreator.getMonotonicUlid());
    }

    /** Writes a file as large as a change of the database and removes it; {@code STORAGE_FAILED} when it cannot. */
    public void requireWritable() {
        Path probe = next();
        try {
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Writing", directory, e);
        }
    }

    /** Removes leftovers of dead processes. */
    public void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Workspace::isAbandoned).toList()) {
                DurableFiles.deleteTree(entry);
            }
        }
    }

    private static boolean isAbandoned(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }
}
