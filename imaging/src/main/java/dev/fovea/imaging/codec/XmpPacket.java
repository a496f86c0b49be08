package dev.fovea.imaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XMP packet: properties as attributes or elements (XMP specification part 2, TIFF and EXIF namespaces). EXIF takes
 * precedence over it, as in Pillow.
 *
 * @param text the packet, one character per byte
 */
public record XmpPacket(String text) {

    private static final Pattern ORIENTATION = Pattern.compile("tiff:Orientation(?:=[\"']|>)([0-9])");
    private static final Pattern LOCATION = Pattern.compile("exif:GPSL(?:atitude|ongitude)(?:=[\"']|>)[0-9]");

    /** A packet from its bytes. */
    public static XmpPacket of(byte[] packet) {
        return new XmpPacket(new String(packet, StandardCharsets.ISO_8859_1));
    }

    /** Orientation 1 to 8, or empty when the packet states none. */
    public Optional<Integer> orientation() {
        Matcher matcher = ORIENTATION.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int value = matcher.group(1).charAt(0) - '0';
        return Optional.of(value >= 1 && value <= 8 ? value : 1);
    }

    /** Whether the packet states where the image was taken. */
    public boolean statesLocation() {
        return LOCATION.matcher(text).find();
    }
}
