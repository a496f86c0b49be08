package dev.fovea.storage.s3;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.BlobDirectory;
import dev.fovea.storage.files.BundleDirectories;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.files.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Local copies of S3 objects, in the home's {@code cache/}, which processes share. Every copy is checked against its
 * hash when it is used; a damaged one is fetched again. Above the maximum size, the least recently used copies are
 * removed, but none of the last 15 minutes, since a model may be loading from it.
 */
public final class LocalCache {

    static final Duration IN_USE = Duration.ofMinutes(15);

    private static final Pattern ENTRY = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;
    private final BlobDirectory blobs;
    private final BundleDirectories bundles;
    private final Workspace workspace;
    private final long maxBytes;
    private final InstantSource clock;

    /**
     * Copies in a directory.
     *
     * @param maxBytes maximum total size in bytes
     */
    public LocalCache(Path directory, Workspace workspace, DurableFiles files, long maxBytes, InstantSource clock) {
        this.directory = directory;
        this.blobs = new BlobDirectory(directory.resolve("blobs"), workspace, files);
        this.bundles = new BundleDirectories(directory.resolve("bundles"), workspace, files);
        this.workspace = workspace;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    Optional<byte[]> blob(String id) {
        return whole(() -> blobs.read(id), () -> blobs.remove(id), blobs.contains(id), blobs.file(id));
    }

    void keepBlob(byte[] bytes) {
        touch(blobs.file(blobs.put(bytes)));
        trim();
    }

    void forgetBlob(String id) {
        blobs.remove(id);
    }

    Optional<Path> bundle(String id) {
        return whole(() -> bundles.path(id), () -> bundles.remove(id), bundles.contains(id), bundles.home(id));
    }

    Optional<byte[]> bundleFile(String id, String name) {
        return whole(() -> bundles.file(id, name), () -> bundles.remove(id), bundles.contains(id), bundles.home(id));
    }

    /** Stores a copy of a bundle before its upload. */
    String putBundle(Path bundle) {
        String id = bundles.put(bundle);
        touch(bundles.home(id));
        return id;
    }

    /** The path of a new copy. */
    Path bundleDirectory(String id) {
        return bundles.home(id);
    }

    /** The hashes of a new copy. */
    SortedMap<String, String> listing(String id) {
        try {
            return bundles.readListing(id);
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", bundles.home(id), e);
        }
    }

    /** A name in {@code tmp/} for an incomplete bundle. */
    Path scratch() {
        return workspace.next();
    }

    /** Adds a bundle that was downloaded and verified. */
    Path placeBundle(Path scratch, SortedMap<String, String> hashes) throws IOException {
        String id = bundles.place(scratch, hashes);
        touch(bundles.home(id));
        trim();
        return bundles.home(id);
    }

    void forgetBundle(String id) {
        bundles.remove(id);
    }

    /** A valid copy; a damaged one is removed. */
    private <T> Optional<T> whole(Supplier<T> use, Runnable remove, boolean isHere, Path entry) {
        if (!isHere) {
            return Optional.empty();
        }
        try {
            touch(entry);
            return Optional.of(use.get());
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                remove.run();
            }
            return Optional.empty();
        }
    }

    private void touch(Path entry) {
        try {
            Files.setLastModifiedTime(entry, FileTime.from(clock.instant()));
        } catch (NoSuchFileException e) {
            // another process removed it: it is fetched again
        } catch (IOException e) {
            throw StorageFailure.of("Marking a copy as used", entry, e);
        }
    }

    private record Entry(Path path, Instant used, long bytes) {}

    /** Removes the copies that were not used for the longest time, until the rest is small enough. */
    void trim() {
        try {
            List<Entry> entries = entries();
            long bytes = entries.stream().mapToLong(Entry::bytes).sum();
            Instant idle = clock.instant().minus(IN_USE);
            for (Entry entry : entries) {
                if (bytes <= maxBytes || entry.used().isAfter(idle)) {
                    return;
                }
                remove(entry.path());
                bytes -= entry.bytes();
            }
        } catch (IOException e) {
            throw StorageFailure.of("Making room in the cache", directory, e);
        }
    }

    private void remove(Path entry) {
        String id = entry.getFileName().toString();
        if (entry.startsWith(directory.resolve("blobs"))) {
            blobs.remove(id);
        } else {
            bundles.remove(id);
        }
    }

    /** The least recently used first. */
    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String kind : List.of("blobs", "bundles")) {
            Path root = directory.resolve(kind);
            if (Files.isDirectory(root)) {
                try (Stream<Path> tree = Files.walk(root, 2)) {
                    for (Path path : tree.filter(LocalCache::isEntry).toList()) {
                        entry(path).ifPresent(entries::add);
                    }
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        return entries;
    }

    private static boolean isEntry(Path path) {
        return ENTRY.matcher(path.getFileName().toString()).matches();
    }

    /** Empty when another process removes it meanwhile. */
    private static Optional<Entry> entry(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return Optional.of(new Entry(path, Files.getLastModifiedTime(path).toInstant(), bytes));
        } catch (NoSuchFileException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
