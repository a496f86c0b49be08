package dev.fovea.storage.s3;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.BundleListing;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.files.StoredBundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bundles in S3, laid out as in a directory: {@code bundles/ab/abcd…/model.onnx}, and beside it {@code abcd….sha256}
 * with the hash of every file. The listing is written last, on the condition that there is none, and removed first: a
 * bundle is there when its listing is. Models are loaded from copies in a local directory.
 */
public final class S3Bundles implements StoredBundles {

    private final S3Objects objects;
    private final LocalCache cache;

    public S3Bundles(S3Objects objects, LocalCache cache) {
        this.objects = objects;
        this.cache = cache;
    }

    @Override
    public String put(Path bundle) {
        String id = cache.putBundle(bundle);
        Path copy = cache.bundleDirectory(id);
        SortedMap<String, String> hashes = cache.listing(id);
        try {
            Optional<SortedMap<String, String>> stored = listing(id);
            stored.ifPresent(there -> BundleListing.requireSame(id, there, hashes));
            for (Map.Entry<String, String> file : hashes.entrySet()) {
                objects.put(key(id) + "/" + file.getKey(), copy.resolve(file.getKey()), file.getValue());
            }
            publish(id, hashes);
        } catch (IOException e) {
            throw StorageFailure.of("Reading a bundle", copy, e);
        } catch (FoveaException e) {
            cache.forgetBundle(id); // it may not be what is stored
            throw e;
        }
        cache.trim();
        return id;
    }

    private void publish(String id, SortedMap<String, String> hashes) {
        byte[] text = BundleListing.write(hashes);
        if (objects.putNew(listingKey(id), text)) {
            return;
        }
        Optional<SortedMap<String, String>> stored = listing(id);
        if (stored.isEmpty()) {
            objects.replace(listingKey(id), text); // it was damaged
        } else {
            BundleListing.requireSame(id, stored.get(), hashes);
        }
    }

    /** The listing of a bundle; empty when there is none or it is damaged. */
    private Optional<SortedMap<String, String>> listing(String id) {
        try {
            return bytes(listingKey(id))
                    .map(text -> BundleListing.read(text, listingKey(id)))
                    .filter(hashes -> id.equals(hashes.get(Bundle.MANIFEST)));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.BUNDLE_CORRUPT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Path path(String id) {
        if (BlobStore.isId(id)) {
            Optional<Path> copy = cache.bundle(id);
            if (copy.isPresent()) {
                return copy.get();
            }
        }
        SortedMap<String, String> hashes = requireListing(id);
        Path scratch = cache.scratch();
        try {
            try {
                for (Map.Entry<String, String> file : hashes.entrySet()) {
                    fetch(id, file.getKey(), file.getValue(), scratch);
                }
                return cache.placeBundle(scratch, hashes);
            } finally {
                DurableFiles.deleteTree(scratch);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Copying a bundle from " + objects.name(), scratch, e);
        }
    }

    private SortedMap<String, String> requireListing(String id) {
        if (!BlobStore.isId(id) || !objects.contains(listingKey(id))) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "There is no bundle \"%s\" in %s (any more). Restore it from a copy, or train or import the model again."
                            .formatted(id, objects.name()));
        }
        return listing(id).orElseThrow(() -> damaged(listingKey(id), "is not what was stored"));
    }

    private void fetch(String id, String name, String sha256, Path scratch) throws IOException {
        Path file = scratch.resolve(name).normalize();
        if (!file.startsWith(scratch)) {
            throw damaged(listingKey(id), "contains a file outside the bundle");
        }
        Files.createDirectories(file.getParent());
        Optional<String> found;
        try (OutputStream out = Files.newOutputStream(file)) {
            found = objects.read(key(id) + "/" + name, out);
        }
        if (found.isEmpty()) {
            throw damaged(key(id) + "/" + name, "is missing");
        }
        if (!found.get().equals(sha256)) {
            throw damaged(key(id) + "/" + name, "differs from what was stored");
        }
    }

    @Override
    public SortedMap<String, String> hashes(String id) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String name : requireListing(id).keySet()) {
            String key = key(id) + "/" + name;
            try {
                found.put(
                        name,
                        objects.read(key, OutputStream.nullOutputStream())
                                .orElseThrow(() -> damaged(key, "is missing")));
            } catch (IOException e) {
                throw new UncheckedIOException("nothing is written", e);
            }
        }
        return found;
    }

    @Override
    public byte[] file(String id, String name) {
        if (BlobStore.isId(id)) {
            Optional<byte[]> copy = cache.bundleFile(id, name);
            if (copy.isPresent()) {
                return copy.get();
            }
        }
        String expected = requireListing(id).getOrDefault(name, "");
        return bytes(key(id) + "/" + name)
                .filter(bytes -> DurableFiles.hash(bytes).equals(expected))
                .orElseThrow(() -> damaged(key(id) + "/" + name, "is missing or differs from what was stored"));
    }

    @Override
    public void remove(String id) {
        if (!BlobStore.isId(id)) {
            return;
        }
        objects.remove(listingKey(id));
        objects.names(key(id) + "/").forEach(objects::remove);
        cache.forgetBundle(id);
    }

    private Optional<byte[]> bytes(String key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            return objects.read(key, bytes).map(hash -> bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private FoveaException damaged(String key, String how) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "The object %s of %s %s. Restore it from a copy, or register the model again."
                        .formatted(key, objects.name(), how));
    }

    private static String key(String id) {
        return "bundles/%s/%s".formatted(id.substring(0, 2), id);
    }

    private static String listingKey(String id) {
        return key(id) + ".sha256";
    }
}
