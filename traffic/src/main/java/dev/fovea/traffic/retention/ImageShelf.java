package dev.fovea.traffic.retention;

/** Port: the data sets that get kept images, as unlabelled ones. */
public interface ImageShelf {

    /**
     * The name of the data set for images of a model.
     *
     * @param dataset a name; empty for the model's own one, which is created when it is missing
     * @throws dev.fovea.fault.FoveaException {@code DATASET_UNKNOWN}; {@code STATE_CONFLICT} for one of another task,
     *     and for a model whose images have no labels
     */
    String require(String model, String dataset);

    /**
     * Adds an image with its lineage, and returns its hash, in hexadecimal.
     *
     * @throws dev.fovea.fault.FoveaException why it cannot be added: {@code STATE_CONFLICT} for an image that was
     *     forgotten, {@code DATASET_UNKNOWN}, those of images, those of storage
     */
    String add(ChosenImage image, byte[] file);

    /**
     * Erases an image, unless somebody labelled it or another data set has it.
     *
     * @return whether it is gone
     */
    boolean remove(KeptImage image);
}
