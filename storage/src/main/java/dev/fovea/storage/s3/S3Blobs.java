package dev.fovea.storage.s3;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Blobs in S3, with copies of those that were read last in a local directory. */
public final class S3Blobs implements BlobStore {

    private final S3Objects objects;
    private final LocalCache cache;

    public S3Blobs(S3Objects objects, LocalCache cache) {
        this.objects = objects;
        this.cache = cache;
    }

    @Override
    public String put(byte[] bytes) {
        String id = DurableFiles.hash(bytes);
        if (!objects.putNew(key(id), bytes) && fetch(id).isEmpty()) {
            objects.replace(key(id), bytes); // it was damaged there
        }
        return id;
    }

    @Override
    public byte[] read(String id) {
        Optional<byte[]> copy = BlobStore.isId(id) ? cache.blob(id) : Optional.empty();
        if (copy.isPresent()) {
            return copy.get();
        }
        if (!contains(id)) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND, "There is no blob \"%s\" in %s; check the id.".formatted(id, objects.name()));
        }
        byte[] bytes = fetch(id)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.STORAGE_FAILED,
                        "The object %s of %s was damaged or altered. Restore it from a copy."
                                .formatted(key(id), objects.name())));
        cache.keepBlob(bytes);
        return bytes;
    }

    /** The bytes, if there are any that have this id. */
    private Optional<byte[]> fetch(String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            return objects.read(key(id), bytes).filter(id::equals).map(same -> bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    @Override
    public boolean contains(String id) {
        return BlobStore.isId(id) && objects.contains(key(id));
    }

    @Override
    public void remove(String id) {
        if (BlobStore.isId(id)) {
            objects.remove(key(id));
            cache.forgetBlob(id);
        }
    }

    private static String key(String id) {
        return "blobs/%s/%s".formatted(id.substring(0, 2), id);
    }
}
