package dev.fovea.imaging.quality;

/**
 * How colourful the image of a request is; both are 0 for a grey image.
 *
 * @param colorfulness {@code sqrt(var(rg) + var(yb)) + 0.3 sqrt(mean(rg)² + mean(yb)²)} of the opponent colours
 *     {@code rg = R - G} and {@code yb = (R + G)/2 - B}, in levels of 0 to 255: about 15 is slightly, 45 quite, 80
 *     highly colourful (D. Hasler and S. Süsstrunk, "Measuring colourfulness in natural images", SPIE 5007, 2003)
 * @param saturation mean of {@code (max - min) / max} of the channels, 0 to 1, which is the saturation of HSV
 */
public record InputColors(double colorfulness, double saturation) {

    /** Of an image without colour. */
    static final InputColors GRAY = new InputColors(0, 0);
}
