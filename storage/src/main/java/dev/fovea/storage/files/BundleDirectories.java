package dev.fovea.storage.files;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Bundles as directories {@code ab/abcd…/}, named by the SHA-256 of their manifest. Beside each lies
 * {@code abcd….sha256} with the hash of every file, as {@code sha256sum} writes and checks it.
 */
public final class BundleDirectories implements StoredBundles {

    private final Path directory;
    private final Workspace workspace;
    private final DurableFiles files;

    public BundleDirectories(Path directory, Workspace workspace, DurableFiles files) {
        this.directory = directory;
        this.workspace = workspace;
        this.files = files;
    }

    @Override
    public String put(Path bundle) {
        if (!Files.isRegularFile(bundle.resolve(Bundle.MANIFEST))) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "%s contains no %s, so that it is not a bundle; create one with train or import."
                            .formatted(bundle, Bundle.MANIFEST));
        }
        Path scratch = workspace.next();
        try {
            try {
                return place(scratch, copy(bundle, scratch));
            } finally {
                DurableFiles.deleteTree(scratch);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Writing a bundle", directory, e);
        }
    }

    /** Takes over a directory of this home's {@code tmp/}, whose files have these hashes. */
    public String place(Path scratch, SortedMap<String, String> hashes) throws IOException {
        String id = hashes.getOrDefault(Bundle.MANIFEST, "");
        setDamagedAside(id, hashes);
        if (!Files.isDirectory(home(id))) {
            publish(scratch, id, hashes);
        }
        requireSame(id, hashes);
        files.confirm(home(id)); // it may be another's that is not durable yet
        return id;
    }

    /** Whether a bundle exists, intact or damaged. */
    public boolean contains(String id) {
        return BlobStore.isId(id) && Files.isDirectory(home(id));
    }

    @Override
    public Path path(String id) {
        var _ = checked(id);
        return home(id);
    }

    /** The files are read once for both hashes, that of the store and that in the manifest. */
    @Override
    public Bundle bundle(String id) {
        return Bundle.read(home(id), checked(id));
    }

    /** The hash of each file, which is the stored one. */
    private SortedMap<String, String> checked(String id) {
        requireHere(id);
        try {
            SortedMap<String, String> expected = readListing(id);
            SortedMap<String, String> found = hashes(home(id));
            if (!found.equals(expected) || !id.equals(found.get(Bundle.MANIFEST))) {
                throw corrupt(home(id) + " is not what was stored: " + BundleListing.difference(expected, found)
                        + ". Restore it from a copy, or register the model again.");
            }
            return found;
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", home(id), e);
        }
    }

    @Override
    public byte[] file(String id, String name) {
        requireHere(id);
        try {
            String expected =
                    name.equals(Bundle.MANIFEST) ? id : readListing(id).getOrDefault(name, "");
            byte[] bytes = expected.isEmpty() ? new byte[0] : Files.readAllBytes(home(id).resolve(name));
            if (!DurableFiles.hash(bytes).equals(expected)) {
                throw corrupt("%s/%s is not what was stored. Restore it from a copy, or register the model again."
                        .formatted(home(id), name));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw corrupt(
                    "%s/%s is missing. Restore it from a copy, or register the model again.".formatted(home(id), name));
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", home(id), e);
        }
    }

    @Override
    public SortedMap<String, String> hashes(String id) {
        requireHere(id);
        try {
            return hashes(home(id));
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", home(id), e);
        }
    }

    private void requireHere(String id) {
        if (!contains(id)) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "There is no bundle \"%s\" in %s (any more). Restore it from a copy, or train or import the model again."
                            .formatted(id, directory));
        }
    }

    @Override
    public void remove(String id) {
        if (!BlobStore.isId(id)) {
            return;
        }
        Path aside = workspace.next();
        try {
            if (Files.isDirectory(home(id))) {
                Files.move(home(id), aside); // at once: no reader finds half of it
            }
            Files.deleteIfExists(listing(id));
            DurableFiles.deleteTree(aside);
        } catch (IOException e) {
            throw StorageFailure.of("Removing a bundle", home(id), e);
        }
    }

    /** Registering a model again repairs its bundle: damaged files and listings are replaced. */
    private void setDamagedAside(String id, SortedMap<String, String> hashes) throws IOException {
        Path stored = home(id);
        if (!Files.isDirectory(stored)) {
            return;
        }
        boolean another = isListing(id) && !readListing(id).equals(hashes);
        boolean whole = isListing(id) && hashes(stored).equals(hashes);
        if (another || whole) {
            return; // another bundle's is refused later
        }
        Path aside = workspace.next();
        Files.move(stored, aside);
        Files.deleteIfExists(listing(id));
        DurableFiles.deleteTree(aside);
    }

    private boolean isListing(String id) throws IOException {
        try {
            return Files.isRegularFile(listing(id)) && !readListing(id).isEmpty();
        } catch (FoveaException e) {
            return false;
        }
    }

    /** The listing goes first: what has a directory has a listing, whenever the power fails. */
    private void publish(Path scratch, String id, SortedMap<String, String> hashes) throws IOException {
        Path listing = workspace.next();
        try {
            files.write(new ByteArrayInputStream(BundleListing.write(hashes)), listing);
            files.publish(listing, listing(id));
            files.publish(scratch, home(id));
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another process stored the same bundle at the same time; requireSame compares
        } finally {
            Files.deleteIfExists(listing);
        }
    }

    private void requireSame(String id, SortedMap<String, String> hashes) throws IOException {
        BundleListing.requireSame(id, readListing(id), hashes);
    }

    private SortedMap<String, String> copy(Path from, Path to) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path entry : walk.toList()) {
                Path copy = to.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(copy);
                } else {
                    hashes.put(name(from, entry), files.write(Files.newInputStream(entry), copy));
                }
            }
        }
        try (Stream<Path> walk = Files.walk(to)) {
            for (Path copied : walk.filter(Files::isDirectory).toList()) {
                files.syncDirectory(copied);
            }
        }
        return hashes;
    }

    private static SortedMap<String, String> hashes(Path bundle) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(bundle)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                hashes.put(name(bundle, file), DurableFiles.hash(file));
            }
        }
        return hashes;
    }

    /** The stored hash of each file. */
    public SortedMap<String, String> readListing(String id) throws IOException {
        try {
            return BundleListing.read(
                    Files.readAllBytes(listing(id)), listing(id).toString());
        } catch (NoSuchFileException e) {
            throw corrupt("%s is missing. Restore it from a copy, or register the model again.".formatted(listing(id)));
        }
    }

    private static String name(Path bundle, Path file) {
        return bundle.relativize(file).toString().replace('\\', '/');
    }

    /** The path of a bundle, unchecked. */
    public Path home(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id);
    }

    /** The path of its listing. */
    Path listing(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id + ".sha256");
    }

    static FoveaException corrupt(String message) {
        return new FoveaException(ErrorCode.BUNDLE_CORRUPT, message);
    }
}
