package dev.fovea.imaging.metadata;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.JpegFrame;
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

    /** The EXIF blocks of a file, as {@link #found} gives them; none of a file that is damaged before its frame. */
    static List<TiffDirectory> exif(byte[] jpeg) {
        JpegMetadata metadata = new JpegMetadata(jpeg);
        try {
            JpegFrame.read(jpeg, (marker, at, length) -> {
                if (marker == APP1) {
                    metadata.exifAt(at);
                }
            });
            return metadata.exif;
        } catch (ByteReader.OutOfBytes | FoveaException e) {
            return List.of();
        }
    }

    private boolean exifAt(int at) {
        boolean found = new ByteReader(jpeg, false).matches(at, EXIF);
        if (found) {
            exif.addFirst(new TiffDirectory(jpeg, at + EXIF.length()));
        }
        return found;
    }

    /** Takes a segment with its marker, and the position and length of its payload. */
    public void segment(int marker, int at, int length) {
        if (marker == APP1 && !exifAt(at) && new ByteReader(jpeg, false).matches(at, XMP)) {
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
