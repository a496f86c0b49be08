package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ImageTreatment.BlurredRegion;
import java.util.List;

/** Finds the regions of images that must not be stored as they are, such as faces. Implementations are thread-safe. */
public interface RegionFinder {

    /** The version of the model that finds them, as {@code faces:3}. */
    String model();

    /**
     * The regions of an image file.
     *
     * @throws dev.fovea.fault.FoveaException when the model fails; the image is refused then
     */
    List<BlurredRegion> find(byte[] file);
}
