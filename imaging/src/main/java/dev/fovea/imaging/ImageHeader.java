package dev.fovea.imaging;

/**
 * An image's header, read without decoding pixels.
 *
 * @param format, detected from the first bytes, never from the file name
 * @param width in pixels as stored, before orientation
 * @param height in pixels as stored, before orientation
 * @param orientation EXIF orientation 1 to 8; 1 if absent
 * @param deep whether samples have 16 bits, which takes twice the memory to decode
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation, boolean deep) {

    /** An image of 8-bit samples. */
    public ImageHeader(ImageFormat format, int width, int height, int orientation) {
        this(format, width, height, orientation, false);
    }

    /** Width × height. */
    public long pixels() {
        return (long) width * height;
    }
}
