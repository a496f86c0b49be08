package dev.fovea.datasets.catalog;

import java.util.List;

/** The bytes of images. Implementations are thread-safe. */
public interface ImageStore {

    /** Stores images together; durable on return. Returns the place of each. */
    List<ImagePlace.Packed> put(List<byte[]> images);

    /**
     * The bytes of an image, verified by its hash; without the position where its treatment says so.
     *
     * @throws dev.fovea.fault.FoveaException {@code IMAGE_CHANGED} when a file in place was changed or removed,
     *     {@code STORAGE_FAILED} when stored bytes are damaged
     */
    byte[] read(StoredImage image);
}
