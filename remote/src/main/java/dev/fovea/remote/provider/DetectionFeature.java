package dev.fovea.remote.provider;

/** What a service detects. Google and Azure bill each of the two. */
public enum DetectionFeature {
    /** Labels of the whole image. */
    LABELS,
    /** Objects with their boxes. */
    OBJECTS
}
