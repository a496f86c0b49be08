package dev.fovea.imaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The image formats that are read. */
public enum ImageFormat {
    JPEG(".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG(".png", ".apng"),
    WEBP(".webp"),
    BMP(".bmp", ".dib"),
    TIFF(".tif", ".tiff"),
    GIF(".gif"),
    /** Portable bitmap, graymap and pixmap. */
    PNM(".ppm", ".pgm", ".pbm", ".pnm");

    private final List<String> extensions;

    ImageFormat(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** The file-name endings of this format, in lower case with the dot; the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    /** Whether a file name ends as this format's files do. */
    public boolean fitsName(String fileName) {
        return extensions.stream().anyMatch(fileName.toLowerCase(Locale.ROOT)::endsWith);
    }

    /** Whether any format's files end like this one. */
    public static boolean looksLikeImage(String fileName) {
        return Arrays.stream(values()).anyMatch(format -> format.fitsName(fileName));
    }
}
