package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.BundleStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bundles as directories {@code ab/abcd…/}, named by the SHA-256 of their manifest. Beside each lies
 * {@code abcd….sha256} with the hash of every file, as {@code sha256sum} writes and checks it.
 */
final class BundleDirectories implements BundleStore {

    private static final String MANIFEST = "bundle.json";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;
    private final Workspace workspace;
    private final DurableFiles files;

    BundleDirectories(Path directory, Workspace workspace, DurableFiles files) {
        this.directory = directory;
        this.workspace = workspace;
        this.files = files;
    }

    @Override
    public String put(Path bundle) {
        if (!Files.isRegularFile(bundle.resolve(MANIFEST))) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "%s holds no %s, so it is not a bundle; make one with train or import."
                            .formatted(bundle, MANIFEST));
        }
        Path draft = workspace.next();
        try {
            try {
                SortedMap<String, String> hashes = copy(bundle, draft);
                String id = hashes.getOrDefault(MANIFEST, "");
                setDamagedAside(id, hashes);
                if (!Files.isDirectory(home(id))) {
                    publish(draft, id, hashes);
                }
                requireSame(id, hashes);
                files.confirm(home(id)); // it may be another's that is not durable yet
                return id;
            } finally {
                DurableFiles.deleteTree(draft);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Writing a bundle", directory, e);
        }
    }

    @Override
    public Path path(String id) {
        if (!ID.matcher(id).matches() || !Files.isDirectory(home(id))) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "There is no bundle \"%s\" in %s (any more). Restore it from a copy, or train or import the model again."
                            .formatted(id, directory));
        }
        try {
            SortedMap<String, String> expected = readListing(id);
            SortedMap<String, String> found = hashes(home(id));
            if (!found.equals(expected) || !id.equals(found.get(MANIFEST))) {
                throw corrupt(home(id) + " is not what was stored: " + difference(expected, found)
                        + ". Restore it from a copy, or register the model again.");
            }
            return home(id);
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", home(id), e);
        }
    }

    /** Removes a bundle, damaged or not; does nothing when there is none. The caller knows that nothing uses it. */
    void remove(String id) {
        if (!ID.matcher(id).matches()) {
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

    /** Registering a model again mends its bundle: files or a listing that are not what was stored make room. */
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
    private void publish(Path draft, String id, SortedMap<String, String> hashes) throws IOException {
        Path listing = workspace.next();
        try {
            byte[] text = hashes.entrySet().stream()
                    .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            files.write(new ByteArrayInputStream(text), listing);
            files.publish(listing, listing(id));
            files.publish(draft, home(id));
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another process stored the same bundle at the same time; requireSame compares
        } finally {
            Files.deleteIfExists(listing);
        }
    }

    private void requireSame(String id, SortedMap<String, String> hashes) throws IOException {
        SortedMap<String, String> stored = readListing(id);
        if (!stored.equals(hashes)) {
            throw corrupt(("A bundle with this manifest (%s) is stored already, with other content: %s. "
                            + "A manifest must change with the files that it describes.")
                    .formatted(id, difference(stored, hashes)));
        }
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

    private SortedMap<String, String> readListing(String id) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(listing(id))) {
                int gap = line.indexOf("  ");
                if (gap < 0) {
                    throw corrupt("%s has a line without a hash: \"%s\". Restore it from a copy."
                            .formatted(listing(id), line));
                }
                hashes.put(line.substring(gap + 2), line.substring(0, gap));
            }
        } catch (CharacterCodingException e) {
            throw corrupt("%s is no text. Restore it from a copy, or register the model again.".formatted(listing(id)));
        } catch (NoSuchFileException e) {
            throw corrupt("%s is missing. Restore it from a copy, or register the model again.".formatted(listing(id)));
        }
        return hashes;
    }

    private static String difference(Map<String, String> expected, Map<String, String> found) {
        SortedMap<String, String> faults = new TreeMap<>();
        expected.forEach((name, hash) -> {
            if (!hash.equals(found.get(name))) {
                faults.put(name, found.containsKey(name) ? "differs" : "is missing");
            }
        });
        found.keySet().stream().filter(name -> !expected.containsKey(name)).forEach(name -> faults.put(name, "is new"));
        return faults.entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String name(Path bundle, Path file) {
        return bundle.relativize(file).toString().replace('\\', '/');
    }

    private Path home(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id);
    }

    private Path listing(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id + ".sha256");
    }

    private static FoveaException corrupt(String message) {
        return new FoveaException(ErrorCode.BUNDLE_CORRUPT, message);
    }
}
