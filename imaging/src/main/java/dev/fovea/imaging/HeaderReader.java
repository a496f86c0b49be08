package dev.fovea.imaging;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.codec.BmpHeader;
import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.GifFrame;
import dev.fovea.imaging.codec.PnmHeader;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.metadata.PngMetadata;
import dev.fovea.imaging.metadata.WebpMetadata;
import java.util.HexFormat;
import java.util.Optional;

/** Detects an image's format by its first bytes and reads size and orientation without decoding. Pure. */
final class HeaderReader {

    private HeaderReader() {}

    /** The format, or empty when the bytes are none of those that are read. */
    static Optional<ImageFormat> sniff(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, false);
        if (reader.matches(0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(ImageFormat.JPEG);
        }
        if (reader.matches(0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(ImageFormat.PNG);
        }
        if (reader.matches(0, "RIFF") && reader.matches(8, "WEBP")) {
            return Optional.of(ImageFormat.WEBP);
        }
        if (reader.matches(0, "GIF87a") || reader.matches(0, "GIF89a")) {
            return Optional.of(ImageFormat.GIF);
        }
        if (TiffDirectory.isTiff(bytes)) {
            return Optional.of(ImageFormat.TIFF);
        }
        if (PnmHeader.matches(bytes)) {
            return Optional.of(ImageFormat.PNM);
        }
        return reader.matches(0, "BM") && bytes.length > 18 ? Optional.of(ImageFormat.BMP) : Optional.empty();
    }

    /** The header; {@code IMAGE_FORMAT_UNSUPPORTED} or {@code IMAGE_CORRUPT}. */
    static ImageHeader read(byte[] bytes) {
        ImageFormat format = sniff(bytes).orElseThrow(() -> unsupported(bytes));
        try {
            ImageHeader header = switch (format) {
                case JPEG -> JpegHeader.read(bytes);
                case PNG -> png(bytes);
                case WEBP -> webp(bytes);
                case BMP -> bmp(bytes);
                case TIFF -> tiff(bytes);
                case GIF -> gif(bytes);
                case PNM -> pnm(bytes);
            };
            if (header.width() <= 0 || header.height() <= 0) {
                throw corrupt(
                        "%s header states a size of %d×%d pixels".formatted(format, header.width(), header.height()));
            }
            return header;
        } catch (ByteReader.OutOfBytes e) {
            throw corrupt("%s file of %d bytes ends inside its header".formatted(format, bytes.length));
        }
    }

    static FoveaException corrupt(String what) {
        return new FoveaException(
                ErrorCode.IMAGE_CORRUPT, "The image is damaged: " + what + ". Send it again or save it anew.");
    }

    private static FoveaException unsupported(byte[] bytes) {
        return new FoveaException(
                ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                "These %d bytes are not an image that is read: they begin with %s%s. %s"
                        .formatted(
                                bytes.length,
                                start(bytes),
                                ForeignFormat.name(bytes)
                                        .map(n -> " (" + n + ")")
                                        .orElse(""),
                                ForeignFormat.remedy(bytes)));
    }

    private static String start(byte[] bytes) {
        return bytes.length == 0 ? "nothing" : "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(8, bytes.length));
    }

    private static ImageHeader png(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, false);
        if (!reader.matches(12, "IHDR")) {
            throw corrupt("PNG file does not begin with an IHDR chunk");
        }
        return new ImageHeader(
                ImageFormat.PNG,
                edge(reader.u32(16)),
                edge(reader.u32(20)),
                PngMetadata.of(bytes).orientation(),
                reader.u8(24) > 8);
    }

    private static ImageHeader gif(byte[] bytes) {
        GifFrame frame = GifFrame.read(bytes);
        return new ImageHeader(ImageFormat.GIF, frame.canvasWidth(), frame.canvasHeight(), 1);
    }

    private static ImageHeader bmp(byte[] bytes) {
        BmpHeader bitmap = BmpHeader.read(bytes);
        return new ImageHeader(ImageFormat.BMP, bitmap.width(), bitmap.height(), 1);
    }

    private static ImageHeader pnm(byte[] bytes) {
        PnmHeader map = PnmHeader.read(bytes);
        return new ImageHeader(ImageFormat.PNM, map.width(), map.height(), 1, map.deep());
    }

    private static ImageHeader tiff(byte[] bytes) {
        TiffDirectory tiff = new TiffDirectory(bytes, 0);
        int width = edge(tiff.value(TiffDirectory.WIDTH).orElse(0));
        int height = edge(tiff.value(TiffDirectory.HEIGHT).orElse(0));
        boolean deep = tiff.value(TiffDirectory.BITS_PER_SAMPLE).orElse(1) > 8;
        return new ImageHeader(ImageFormat.TIFF, width, height, tiff.orientation(), deep);
    }

    /** WebP container specification (RFC 9649), sections 2.5 to 2.7. */
    private static ImageHeader webp(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes, true);
        if (reader.matches(12, "VP8X")) {
            return new ImageHeader(
                    ImageFormat.WEBP,
                    reader.u24(24) + 1,
                    reader.u24(27) + 1,
                    WebpMetadata.of(bytes).orientation());
        }
        if (reader.matches(12, "VP8L")) {
            long bits = reader.u32(21);
            return new ImageHeader(ImageFormat.WEBP, (int) (bits & 0x3fff) + 1, (int) (bits >> 14 & 0x3fff) + 1, 1);
        }
        if (reader.matches(12, "VP8 ")) {
            return new ImageHeader(ImageFormat.WEBP, reader.u16(26) & 0x3fff, reader.u16(28) & 0x3fff, 1);
        }
        throw corrupt("WebP file has no VP8 chunk");
    }

    private static int edge(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
