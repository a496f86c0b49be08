package dev.fovea.imaging;

/**
 * How large an image may be before anything of it is decoded.
 *
 * @param maxBytes of the file
 * @param maxPixels width × height announced by the header; those of 16-bit images count twice
 */
public record ImageLimits(long maxBytes, long maxPixels) {

    /** 20 MB and 100 megapixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(20_000_000, 100_000_000);

    public ImageLimits {
        if (maxBytes <= 0 || maxPixels <= 0) {
            throw new IllegalArgumentException(
                    "limits of %d bytes and %d pixels; both must be positive".formatted(maxBytes, maxPixels));
        }
    }
}
