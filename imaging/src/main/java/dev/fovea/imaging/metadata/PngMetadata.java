package dev.fovea.imaging.metadata;

import dev.fovea.imaging.codec.ByteReader;
import dev.fovea.imaging.codec.TiffDirectory;
import dev.fovea.imaging.codec.XmpPacket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/**
 * Metadata of a PNG: its eXIf chunk, EXIF as ImageMagick writes it in text ("Raw profile type exif"), and XMP. Pillow
 * looks in the same places and in this order.
 */
public final class PngMetadata {

    private static final int MAX_TEXT = 1 << 20;
    private static final String RAW_EXIF = "Raw profile type exif";
    private static final String XMP = "XML:com.adobe.xmp";
    private static final String EXIF = "Exif\0\0";

    private final byte[] png;
    private final ByteReader in;
    private Optional<TiffDirectory> exif = Optional.empty();
    private Optional<TiffDirectory> raw = Optional.empty();
    private Optional<XmpPacket> xmp = Optional.empty();

    private PngMetadata(byte[] png) {
        this.png = png;
        this.in = new ByteReader(png, false);
    }

    /** The blocks of a file. */
    public static EmbeddedMetadata of(byte[] png) {
        PngMetadata metadata = new PngMetadata(png);
        metadata.walk();
        List<TiffDirectory> exif =
                Stream.of(metadata.exif, metadata.raw).flatMap(Optional::stream).toList();
        return new EmbeddedMetadata(exif, metadata.xmp);
    }

    private void walk() {
        long at = 8;
        while (at + 12 <= png.length && !in.matches(at + 4, "IEND")) {
            long length = in.u32(at);
            if (at + 12 + length <= png.length) {
                chunk((int) at + 4, (int) at + 8, (int) length);
            }
            at += 12 + length;
        }
    }

    private void chunk(int type, int at, int length) {
        if (in.matches(type, "eXIf")) {
            exif = Optional.of(exifAt(png, at));
        } else if (in.matches(type, "tEXt") || in.matches(type, "zTXt") || in.matches(type, "iTXt")) {
            if (in.matches(at, RAW_EXIF + "\0")) {
                raw = Optional.of(rawExif(text(type, at + RAW_EXIF.length() + 1, at + length)));
            } else if (in.matches(at, XMP + "\0")) {
                xmp = Optional.of(XmpPacket.of(text(type, at + XMP.length() + 1, at + length)));
            }
        }
    }

    private static TiffDirectory exifAt(byte[] bytes, int at) {
        int prefix = new ByteReader(bytes, false).matches(at, EXIF) ? EXIF.length() : 0;
        return new TiffDirectory(bytes, at + prefix);
    }

    /** The text after the keyword; what cannot be inflated is left out. */
    private byte[] text(int type, int from, int end) {
        boolean international = in.matches(type, "iTXt");
        boolean deflated = in.matches(type, "zTXt") || (international && from < end && png[from] == 1);
        int start = from + (in.matches(type, "zTXt") ? 1 : international ? 2 : 0);
        for (int zeros = international ? 2 : 0; zeros > 0 && start < end; start++) {
            zeros -= png[start] == 0 ? 1 : 0;
        }
        if (start >= end) {
            return new byte[0];
        }
        if (!deflated) {
            return Arrays.copyOfRange(png, start, end);
        }
        try (InflaterInputStream text = new InflaterInputStream(new ByteArrayInputStream(png, start, end - start))) {
            return text.readNBytes(MAX_TEXT);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Three lines (empty, name, length), then hexadecimal digits. */
    private static TiffDirectory rawExif(byte[] text) {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", 4);
        String digits = lines.length < 4 ? "" : lines[3].replaceAll("[^0-9a-fA-F]", "");
        return exifAt(HexFormat.of().parseHex(digits, 0, digits.length() / 2 * 2), 0);
    }
}
