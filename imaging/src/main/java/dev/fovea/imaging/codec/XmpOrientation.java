package dev.fovea.imaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orientation that an XMP packet states, as attribute or element (XMP specification part 2, TIFF namespace). EXIF
 * takes precedence, as in Pillow.
 */
public final class XmpOrientation {

    private static final Pattern ORIENTATION = Pattern.compile("tiff:Orientation(?:=[\"']|>)([0-9])");

    private XmpOrientation() {}

    /** Orientation 1 to 8, or empty when the packet states none. */
    public static Optional<Integer> in(byte[] packet) {
        Matcher matcher = ORIENTATION.matcher(new String(packet, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return Optional.empty();
        }
        int value = matcher.group(1).charAt(0) - '0';
        return Optional.of(value >= 1 && value <= 8 ? value : 1);
    }
}
