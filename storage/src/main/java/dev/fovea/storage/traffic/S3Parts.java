package dev.fovea.storage.traffic;

import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.files.Workspace;
import dev.fovea.storage.s3.S3Objects;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parquet files in S3, under the keys that they have in a directory, below {@code traffic/}. Files that are queried are
 * copied to a directory of the home, of which the least recently used are removed above a size. Files never change, so
 * that a copy of the right size is right.
 */
final class S3Parts implements PartFiles {

    private static final String PREFIX = "traffic/";
    private static final String DAMAGED = "traffic/damaged/";
    private static final long IN_USE_SECONDS = 900;

    private final S3Objects objects;
    private final Path cache;
    private final Workspace workspace;
    private final long maxBytes;
    private final InstantSource clock;

    /**
     * Files of a bucket.
     *
     * @param cache the directory for copies
     * @param maxBytes of all copies
     */
    S3Parts(S3Objects objects, Path cache, Workspace workspace, long maxBytes, InstantSource clock) {
        this.objects = objects;
        this.cache = cache;
        this.workspace = workspace;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public List<Part> list(String model) {
        List<Part> parts = new ArrayList<>();
        String start = PREFIX + (model.isEmpty() ? "model=" : PartName.folder(model));
        objects.sizes(start)
                .forEach((name, bytes) -> PartName.of(name.substring(PREFIX.length()))
                        .ifPresent(part -> parts.add(new Part(part, bytes))));
        parts.sort(PartDirectory.ORDER);
        return parts;
    }

    @Override
    public void publish(PartName name, Path file) throws IOException {
        String hash = DurableFiles.hash(file);
        objects.put(PREFIX + name.key(), file, hash);
        Files.deleteIfExists(file);
    }

    @Override
    public Path local(Part part) throws IOException {
        Path copy = cache.resolve(part.name().key());
        try {
            if (Files.size(copy) == part.bytes()) {
                Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
                return copy;
            }
        } catch (NoSuchFileException e) {
            // it is fetched below
        }
        Path scratch = workspace.next();
        try {
            try (OutputStream out = Files.newOutputStream(scratch)) {
                if (objects.read(PREFIX + part.name().key(), out).isEmpty()) {
                    throw new NoSuchFileException(part.name().key());
                }
            }
            Files.createDirectories(copy.resolveSibling(""));
            Files.move(scratch, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(scratch);
        }
        trim();
        return copy;
    }

    private record Copy(Path file, long bytes, Instant used) {}

    private void trim() throws IOException {
        List<Copy> copies = new ArrayList<>();
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copies.add(new Copy(
                        file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            return; // another process removes copies; it makes room
        }
        copies.sort(Comparator.comparing(Copy::used));
        long bytes = copies.stream().mapToLong(Copy::bytes).sum();
        Instant idle = clock.instant().minusSeconds(IN_USE_SECONDS);
        for (Copy copy : copies) {
            if (bytes <= maxBytes || copy.used().isAfter(idle)) {
                return;
            }
            Files.deleteIfExists(copy.file());
            bytes -= copy.bytes();
        }
    }

    @Override
    public void remove(PartName name) {
        objects.remove(PREFIX + name.key());
        forget(name);
    }

    private void forget(PartName name) {
        try {
            Files.deleteIfExists(cache.resolve(name.key()));
        } catch (IOException e) {
            throw StorageFailure.of("Deleting a copy of the prediction log", cache, e);
        }
    }

    @Override
    public String setAside(PartName name) throws IOException {
        String target = DAMAGED + name.key().replace('/', '_');
        Path copy = local(new Part(name, objects.sizes(PREFIX + name.key()).getOrDefault(PREFIX + name.key(), -1L)));
        objects.put(target, copy, DurableFiles.hash(copy));
        remove(name);
        return objects.name() + " under " + target;
    }
}
