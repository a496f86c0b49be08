package dev.fovea.pipeline.anomaly;

import java.util.Locale;

/** How the features of a place are compared with those of good images. */
public enum AnomalyMethod {
    /** With those of the same place: a Gaussian. */
    PADIM(100),
    /** With those of any place: the nearest of a memory bank. */
    PATCHCORE(176);

    private final int dimensions;

    AnomalyMethod(int dimensions) {
        this.dimensions = dimensions;
    }

    /** The method of a name in a valid request; empty for {@link #PADIM}. */
    public static AnomalyMethod of(String word) {
        return word.isEmpty() ? PADIM : valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Maximum count of channels, at which a detector takes about as long as a small backbone. */
    int dimensions() {
        return dimensions;
    }

    /** As requests have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
