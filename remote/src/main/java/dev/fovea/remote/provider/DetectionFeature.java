package dev.fovea.remote.provider;

/** What a service is asked for. Google and Azure bill each of the two for itself. */
public enum DetectionFeature {
    /** What the image as a whole shows. */
    LABELS,
    /** Which things are where. */
    OBJECTS
}
