package dev.fovea.imaging.metadata;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.codec.XmpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Collects metadata from a JPEG's application segments; the last block of each kind takes precedence. */
public final class JpegMetadata {

    private static final int APP1 = 0xe1;
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

    private final byte[] jpeg;
    private final List<TiffDirectory> exif = new ArrayList<>();
    private String xmp = "";

    /** For the segments of this file. */
    public JpegMetadata(byte[] jpeg) {
        this.jpeg = jpeg;
    }

    /** Takes a segment with its marker, and the position and length of its payload. */
    public void segment(int marker, int at, int length) {
        ByteReader reader = new ByteReader(jpeg, false);
        if (marker == APP1 && reader.matches(at, EXIF)) {
            exif.addFirst(new TiffDirectory(jpeg, at + EXIF.length()));
        } else if (marker == APP1 && reader.matches(at, XMP)) {
            xmp = XmpPacket.of(Arrays.copyOfRange(jpeg, at, Math.min(jpeg.length, at + length)))
                            .text()
                    + xmp;
        }
    }

    /** What the segments contained. */
    public EmbeddedMetadata found() {
        return new EmbeddedMetadata(exif, xmp.isEmpty() ? Optional.empty() : Optional.of(new XmpPacket(xmp)));
    }
}
