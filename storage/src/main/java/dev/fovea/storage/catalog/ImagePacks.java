package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageStore;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.metadata.LocationErasure;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.PendingPacks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Images in packs: blobs of up to 8 MB, so that a hundred thousand small images are some hundred files that are
 * synchronised to the disk, or requests to S3.
 */
public final class ImagePacks implements ImageStore {

    private static final int LARGEST = 8 << 20;

    private final BlobStore blobs;
    private final PendingPacks pending;

    public ImagePacks(Database database, BlobStore blobs) {
        this.blobs = blobs;
        this.pending = new PendingPacks(database, blobs);
    }

    @Override
    public List<ImagePlace.Packed> put(List<byte[]> images) {
        List<ImagePlace.Packed> places = new ArrayList<>();
        long length = images.stream().mapToLong(image -> image.length).sum();
        ByteArrayOutputStream pack = new ByteArrayOutputStream(Math.clamp(length, 1, LARGEST));
        List<Long> positions = new ArrayList<>();
        for (byte[] image : images) {
            if (pack.size() > 0 && pack.size() + image.length > LARGEST) {
                close(pack, positions, places);
            }
            positions.add((long) pack.size());
            pack.writeBytes(image);
        }
        close(pack, positions, places);
        return places;
    }

    private void close(ByteArrayOutputStream pack, List<Long> positions, List<ImagePlace.Packed> places) {
        if (!positions.isEmpty()) {
            String id = pending.put(pack.toByteArray());
            positions.forEach(position -> places.add(new ImagePlace.Packed(id, position)));
            positions.clear();
            pack.reset();
        }
    }

    @Override
    public byte[] read(StoredImage image) {
        byte[] bytes = switch (image.place()) {
            case ImagePlace.Packed packed -> packed(image, packed);
            case ImagePlace.InPlace inPlace -> inPlace(image, inPlace.file());
        };
        return image.treatment().location() == LocationState.ERASED_WHEN_READ ? LocationErasure.erased(bytes) : bytes;
    }

    private byte[] packed(StoredImage image, ImagePlace.Packed place) {
        byte[] bytes = blobs.read(place.pack(), place.position(), image.length());
        if (!ContentHash.of(bytes).equals(image.hash())) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The image %s in the blob %s is damaged. Restore the blob from a copy."
                            .formatted(image.hash(), place.pack()));
        }
        return bytes;
    }

    private static byte[] inPlace(StoredImage image, Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CHANGED,
                    "The image %s, which the data set keeps in place, cannot be read. Put the file back, or add it again."
                            .formatted(file),
                    e);
        }
        if (!ContentHash.of(bytes).equals(image.hash())) {
            throw new FoveaException(
                    ErrorCode.IMAGE_CHANGED,
                    "The image %s, which the data set keeps in place, was changed since it was added. Restore the file, or add the new one."
                            .formatted(file));
        }
        return bytes;
    }
}
