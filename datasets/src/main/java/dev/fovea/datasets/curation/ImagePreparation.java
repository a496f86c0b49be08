package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.imaging.metadata.LocationErasure;
import java.util.Optional;

/** What is stored of a file that comes in. Pure; a file without metadata costs nothing but its hash. */
final class ImagePreparation {

    private final AddOptions options;

    ImagePreparation(AddOptions options) {
        this.options = options;
    }

    /** Bytes to store, their hash, and how they differ from the file. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Prepared(byte[] bytes, ContentHash hash, ImageTreatment treatment) {}

    /**
     * Prepares a file.
     *
     * @throws dev.fovea.fault.FoveaException {@code IMAGE_FORMAT_UNSUPPORTED} for a position that cannot be erased
     */
    Prepared of(byte[] file, ImageTags tags) {
        ContentHash hash = ContentHash.of(file);
        if (!tags.locationPresent()) {
            return new Prepared(file, hash, ImageTreatment.NONE);
        }
        if (options.location() == ImageTags.Location.KEEP) {
            return new Prepared(file, hash, new ImageTreatment(LocationState.KEPT, Optional.empty(), Optional.empty()));
        }
        byte[] erased = LocationErasure.erased(file);
        ContentHash other = ContentHash.of(erased);
        return options.inPlace()
                ? new Prepared(file, hash, treatment(LocationState.ERASED_WHEN_READ, other))
                : new Prepared(erased, other, treatment(LocationState.ERASED, hash));
    }

    private static ImageTreatment treatment(LocationState location, ContentHash twin) {
        return new ImageTreatment(location, Optional.empty(), Optional.of(twin));
    }
}
