package dev.fovea.labels.queue;

/** In which order unlabelled images are given to annotators. */
public enum QueueOrder {
    /** By content hash: any first part of the queue is a uniform sample, as an unbiased test set needs it. */
    RANDOM,
    /** Those of the highest score first; images without a score follow in random order. */
    UNCERTAIN
}
