package dev.fovea.imaging.quality;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What can be wrong with an image that decodes: a measure and its bound. The bounds were chosen on 5,765 images, and
 * each says how many of them it flags: flowers5 (4,317 flower photographs), neu-det (900 steel surfaces), bccd (364
 * blood smears), imagenet-120 and coco64 (184 photographs).
 */
public enum QualityFlag {
    /**
     * Sharpness below the bound. The minimum of 1,620 drawn fabrics is 11.2; more than half of 60 are below 8 after a
     * Gaussian blur of 3 pixels.
     */
    BLURRED(Bound.MIN, 8, measures -> measures.quality().sharpness()),
    /** Mean grey level; 0.5 % of the flowers are darker. */
    DARK(Bound.MIN, 25, measures -> measures.quality().brightness()),
    /** Shorter edge in pixels. */
    TINY(Bound.MIN, 32, measures -> measures.quality().shorterEdge()),
    /** The 99th percentile of grey: no part is bright. Flags 7 flowers, 12 steel surfaces, 1 of the photographs. */
    UNDEREXPOSED(Bound.MIN, 90, measures -> measures.tones().high()),
    /** The first percentile of grey: no part is dark. Flags 2 flowers, 38 steel surfaces, 0 of the others. */
    OVEREXPOSED(Bound.MAX, 160, measures -> measures.tones().low()),
    /**
     * Share of pixels that are black or white. Flags 11 flowers, 3 steel surfaces, 0 blood smears, and 6 photographs,
     * most of them of things on white.
     */
    CLIPPED(Bound.MAX, 0.4, measures -> measures.tones().clipped()),
    /** Entropy of the grey levels in bits. Flags 3 flowers, 1 of the photographs, 0 of the others. */
    LOW_INFORMATION(Bound.MIN, 4, measures -> measures.tones().entropy()),
    /** Longer edge divided by shorter edge. Flags 1 of the photographs, a mobile telephone, and 0 of the others. */
    ODD_ASPECT(Bound.MAX, 3, ImageMeasures::aspect),
    /**
     * Share of almost unused levels: see {@link Tones#sparse}. Flags none; the maximum is 0.144. Photographs of 16
     * levels per channel are at 0.93. JPEG fills the levels in: saved with quality 90, all of 60 grey ones of 8 levels
     * are flagged, and none of those of 16 levels.
     */
    BANDED(Bound.MAX, 0.2, measures -> measures.tones().sparse()),
    /**
     * Steps at JPEG's block edges. Flags none; the maximum is 1.58. Of 120 photographs saved as JPEG, more than nine in
     * ten are flagged at quality 5, most at quality 10, and fewer than one in ten at quality 30.
     */
    BLOCKY(Bound.MAX, 1.6, ImageMeasures::blockiness),
    /**
     * Share of the area in bands of one colour along the edges: letterbox bars, frames, screenshots. Flags 25; 13 of
     * them have bars or a frame, the others a plain sky, ground or backdrop that ends in a straight line.
     */
    FRAMED(Bound.MAX, 0.03, measures -> measures.borders().share());

    private enum Bound {
        MIN,
        MAX
    }

    private final Bound kind;
    private final double bound;
    private final ToDoubleFunction<ImageMeasures> measure;

    QualityFlag(Bound kind, double bound, ToDoubleFunction<ImageMeasures> measure) {
        this.kind = kind;
        this.bound = bound;
        this.measure = measure;
    }

    /** The lower-case name with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The smallest or largest value that is not flagged. */
    public double bound() {
        return bound;
    }

    /** The measure that is compared with the bound. */
    public double value(ImageMeasures measures) {
        return measure.applyAsDouble(measures);
    }

    /** Whether the measure is out of bounds. */
    public boolean applies(ImageMeasures measures) {
        return switch (kind) {
            case MIN -> value(measures) < bound;
            case MAX -> value(measures) > bound;
        };
    }
}
