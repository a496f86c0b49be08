package dev.fovea.serving.shadow;

/** Takes images in whose predictions differ, as unlabelled images of a data set. Called on a shadow's thread. */
public interface DifferenceImages {

    /**
     * Keeps an image.
     *
     * @param file the image's bytes
     * @return its SHA-256, by which the data set knows it
     * @throws dev.fovea.fault.FoveaException why it could not be kept
     */
    String keep(Shadow shadow, byte[] file, ShadowDifference difference);

    /** Refuses a data set that does not exist, {@code DATASET_UNKNOWN}. */
    void require(String dataset);
}
