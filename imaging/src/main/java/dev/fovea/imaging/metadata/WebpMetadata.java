package dev.fovea.imaging.metadata;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.codec.XmpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Metadata chunks of a WebP file (RFC 9649, section 2.7). */
public final class WebpMetadata {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final String EXIF = "Exif\0\0";

    private WebpMetadata() {}

    /** The blocks of a file in the order of its chunks. */
    public static EmbeddedMetadata of(byte[] webp) {
        ByteReader reader = new ByteReader(webp, true);
        List<TiffDirectory> exif = new ArrayList<>();
        Optional<XmpPacket> xmp = Optional.empty();
        long at = FIRST_CHUNK;
        while (at + CHUNK_HEADER <= webp.length) {
            long size = reader.u32(at + 4);
            int data = (int) at + CHUNK_HEADER;
            if (reader.matches(at, "EXIF")) {
                exif.add(new TiffDirectory(webp, data + (reader.matches(data, EXIF) ? EXIF.length() : 0)));
            } else if (reader.matches(at, "XMP ")) {
                xmp = Optional.of(
                        XmpPacket.of(Arrays.copyOfRange(webp, data, (int) Math.min(webp.length, data + size))));
            }
            at += CHUNK_HEADER + size + (size & 1);
        }
        return new EmbeddedMetadata(exif, xmp);
    }
}
