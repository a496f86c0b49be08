package dev.fovea.datasets.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.quality.PerceptualHash;
import java.util.Optional;

/**
 * An image that is stored once, whatever data sets it is in.
 *
 * @param hash of its bytes
 * @param size upright
 * @param format of the file
 * @param perceptualHash empty for an image without structure
 * @param length in bytes
 * @param place where its bytes are
 * @param treatment what was done to it when it came in
 */
public record StoredImage(
        ContentHash hash,
        ImageSize size,
        ImageFormat format,
        Optional<PerceptualHash> perceptualHash,
        int length,
        ImagePlace place,
        ImageTreatment treatment) {

    /** The same with another treatment. */
    public StoredImage with(ImageTreatment other) {
        return new StoredImage(hash, size, format, perceptualHash, length, place, other);
    }
}
