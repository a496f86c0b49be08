package dev.fovea.imaging.quality;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** A number among the measures of a request's image. */
public enum InputMeasure {
    /** Mean grey level. */
    BRIGHTNESS("grey levels", measures -> measures.tones().brightness()),
    /** Standard deviation of the grey level. */
    CONTRAST("grey levels", measures -> measures.tones().contrast()),
    /** Share of black pixels. */
    CLIPPED_DARK("share of pixels", measures -> measures.tones().dark()),
    /** Share of white pixels. */
    CLIPPED_BRIGHT("share of pixels", measures -> measures.tones().bright()),
    /** Colourfulness of Hasler and Süsstrunk. */
    COLORFULNESS("levels", measures -> measures.colors().colorfulness()),
    /** Mean saturation of HSV. */
    SATURATION("share", measures -> measures.colors().saturation()),
    /** Variance of the Laplacian. */
    SHARPNESS("grey levels squared", measures -> measures.detail().sharpness()),
    /** Standard deviation of the noise. */
    NOISE("grey levels", measures -> measures.detail().noise()),
    /** Steps at JPEG's block edges relative to those elsewhere. */
    BLOCKINESS("ratio", measures -> measures.detail().blockiness()),
    /** Quality of the JPEG file. */
    JPEG_QUALITY(
            "1 to 100",
            measures -> measures.file().jpegQuality().isPresent()
                    ? measures.file().jpegQuality().getAsInt()
                    : Double.NaN),
    /** Width divided by height. */
    ASPECT("ratio", measures -> measures.file().aspect()),
    /** Width of the image. */
    WIDTH("pixels", measures -> measures.file().width()),
    /** Height of the image. */
    HEIGHT("pixels", measures -> measures.file().height()),
    /** Size of the file. */
    FILE_SIZE("bytes", measures -> measures.file().bytes());

    private final String unit;
    /** Gives NaN where there is no value. */
    private final ToDoubleFunction<InputMeasures> value;

    InputMeasure(String unit, ToDoubleFunction<InputMeasures> value) {
        this.unit = unit;
        this.value = value;
    }

    /** The lower-case name with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the number counts, in words. */
    public String unit() {
        return unit;
    }

    /** The number of an image; empty where its file has none. */
    public OptionalDouble of(InputMeasures measures) {
        double number = value.applyAsDouble(measures);
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
