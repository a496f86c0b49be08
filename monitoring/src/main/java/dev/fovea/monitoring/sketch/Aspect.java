package dev.fovea.monitoring.sketch;

import java.util.Locale;

/** A side of traffic that can change, with its share of the evidence. */
public enum Aspect {
    /** Measures of the images: brightness, sharpness, JPEG quality and so on. */
    IMAGE(0.3, true, true),
    /** The network's embedding of the images. */
    EMBEDDING(0.2, false, true),
    /** Confidence, entropy, boxes per image and their size. */
    OUTPUT(0.15, true, false),
    /** Shares of the labels. */
    LABELS(0.25, true, true),
    /** Measures and embedding together, by random Fourier features: changes of spread and of combinations. */
    JOINT(0.1, false, true);

    private final double weight;
    private final boolean single;
    private final boolean together;

    Aspect(double weight, boolean single, boolean together) {
        this.weight = weight;
        this.single = single;
        this.together = together;
    }

    /** Share of the evidence, before aspects that a model lacks are left out. */
    public double weight() {
        return weight;
    }

    /** Whether each coordinate has a test of its own. */
    public boolean single() {
        return single;
    }

    /** Whether all coordinates are tested together. */
    public boolean together() {
        return together;
    }

    /** The lower-case name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
