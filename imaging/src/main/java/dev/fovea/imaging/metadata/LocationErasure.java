package dev.fovea.imaging.metadata;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Takes the location out of an image file without decoding it: the pixels and all other metadata stay to the byte, and
 * so does the length of the file. EXIF's GPS directory becomes zeros, and GPS properties of XMP become blanks. The
 * private notes of camera makers are left alone.
 */
public final class LocationErasure {

    private static final Pattern PROPERTY = Pattern.compile("exif:GPS[A-Za-z]{1,30}(?:=[\"']|>)([^\"'<]{1,200})");
    private static final int PNG_SIGNATURE = 8;
    private static final int CHUNK_OVERHEAD = 12;

    private LocationErasure() {}

    /**
     * A copy without its location; the same bytes when there is none.
     *
     * @throws FoveaException {@code IMAGE_FORMAT_UNSUPPORTED} when the location lies in compressed text of a PNG or is
     *     damaged, so that it cannot be taken out in place
     */
    public static byte[] erased(byte[] file) {
        if (!ImageTags.of(file, ImageTags.Location.DROP).locationPresent()) {
            return file;
        }
        byte[] copy = file.clone();
        EmbeddedMetadata metadata = EmbeddedMetadata.of(file);
        metadata.exif().forEach(exif -> erase(exif, copy));
        if (metadata.xmp().isPresent()) {
            Matcher matcher = PROPERTY.matcher(new String(copy, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                Arrays.fill(copy, matcher.start(1), matcher.end(1), (byte) ' ');
            }
        }
        if (new ByteReader(copy, false).matches(0, "\u0089PNG\r\n\u001a\n")) {
            sum(copy);
        }
        if (ImageTags.of(copy, ImageTags.Location.DROP).locationPresent()) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                    "The image states where it was taken in a way that cannot be removed in place. Save it anew without metadata, or keep the location.");
        }
        return copy;
    }

    private static void erase(TiffDirectory exif, byte[] copy) {
        try {
            Optional<TiffDirectory> gps = exif.directory(ExifTags.GPS_DIRECTORY);
            if (gps.isPresent()) {
                gps.get().erase(copy);
            }
        } catch (ByteReader.OutOfBytes e) {
            // what is left of it is found by the check that follows
        }
    }

    /** Writes the checksums of a PNG's metadata chunks anew. */
    private static void sum(byte[] png) {
        ByteBuffer chunks = ByteBuffer.wrap(png);
        int at = PNG_SIGNATURE;
        while (at + CHUNK_OVERHEAD <= png.length) {
            long length = chunks.getInt(at) & 0xffffffffL;
            if (at + CHUNK_OVERHEAD + length > png.length) {
                return;
            }
            String type = new String(png, at + 4, 4, StandardCharsets.US_ASCII);
            if (type.equals("eXIf") || type.equals("iTXt") || type.equals("tEXt")) {
                CRC32 checksum = new CRC32();
                checksum.update(png, at + 4, 4 + (int) length);
                chunks.putInt(at + 8 + (int) length, (int) checksum.getValue());
            }
            at += CHUNK_OVERHEAD + (int) length;
        }
    }
}
