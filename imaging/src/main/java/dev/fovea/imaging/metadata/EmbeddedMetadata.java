package dev.fovea.imaging.metadata;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.JpegFrame;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.codec.XmpPacket;
import java.util.List;
import java.util.Optional;

/**
 * The EXIF and XMP blocks of an image file.
 *
 * @param exif directories in the order of precedence
 * @param xmp the XMP packet
 */
public record EmbeddedMetadata(List<TiffDirectory> exif, Optional<XmpPacket> xmp) {

    /** A file without metadata. */
    public static final EmbeddedMetadata NONE = new EmbeddedMetadata(List.of(), Optional.empty());

    public EmbeddedMetadata {
        exif = List.copyOf(exif);
    }

    /** The blocks of a JPEG, PNG, WebP or TIFF file; {@link #NONE} for other and for damaged files. */
    public static EmbeddedMetadata of(byte[] file) {
        ByteReader start = new ByteReader(file, false);
        try {
            if (start.matches(0, "\u00ff\u00d8\u00ff")) {
                JpegMetadata jpeg = new JpegMetadata(file);
                JpegFrame.read(file, jpeg::segment);
                return jpeg.found();
            }
            if (start.matches(0, "\u0089PNG\r\n\u001a\n")) {
                return PngMetadata.of(file);
            }
            if (start.matches(0, "RIFF") && start.matches(8, "WEBP")) {
                return WebpMetadata.of(file);
            }
            if (TiffDirectory.isTiff(file)) {
                TiffDirectory directory = new TiffDirectory(file, 0);
                return new EmbeddedMetadata(List.of(directory), directory.xmp());
            }
            return NONE;
        } catch (ByteReader.OutOfBytes | FoveaException e) {
            return NONE;
        }
    }

    /** Orientation 1 to 8; 1 where none is stated. */
    public int orientation() {
        return exif.stream()
                .map(TiffDirectory::statedOrientation)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> xmp.flatMap(XmpPacket::orientation))
                .orElse(1);
    }
}
