package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.JpegSegments;
import dev.fovea.imaging.codec.TiffDirectory;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Old-style JPEG of TIFF 6.0, section 22. The file has either a whole stream at tag 513, or tables in separate tags and
 * bare scans in strips or tiles.
 */
final class OldJpeg {

    private static final int STREAM_LENGTH = 514;
    private static final int RESTART_INTERVAL = 515;
    private static final int QUANTIZATION_TABLES = 519;
    private static final int DC_TABLES = 520;
    private static final int AC_TABLES = 521;
    private static final int COMPONENTS = 3;
    private static final int COEFFICIENTS = 64;
    private static final int CODE_LENGTHS = 16;

    private final byte[] file;
    private final TiffDirectory tags;
    private final TiffLayout layout;

    OldJpeg(byte[] file, TiffDirectory tags, TiffLayout layout) {
        this.file = file;
        this.tags = tags;
        this.layout = layout;
    }

    /** Whether one stream contains the whole image. */
    boolean isWhole() {
        return streamStart() > 0
                || startsStream(layout.chunk(0, 0, 0, file.length).offset());
    }

    /** The stream of the whole image. */
    byte[] whole() {
        TiffChunk first = layout.chunk(0, 0, 0, file.length);
        TiffChunk last = layout.chunk(0, layout.down - 1, layout.across - 1, file.length);
        int start = streamStart() > 0 ? streamStart() : first.offset();
        int end = Math.max(last.offset() + last.length(), first.offset() + first.length());
        long stated = tags.value(STREAM_LENGTH).orElse(0);
        if (start < first.offset() && stated > 0 && start + stated < first.offset() && !startsStream(first.offset())) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.write(file, start, (int) stated);
            joined.write(file, first.offset(), end - first.offset());
            return named(joined.toByteArray());
        }
        return named(Arrays.copyOfRange(file, start, end > start ? end : file.length));
    }

    /** The stream of one strip or tile, made from the tables in the tags. */
    byte[] chunk(TiffChunk chunk, int rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length() + 1024);
        for (int i = 0; i < COMPONENTS; i++) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xdb, 0, COEFFICIENTS + 3, (byte) i});
            out.write(file, table(QUANTIZATION_TABLES, i, COEFFICIENTS), COEFFICIENTS);
            codes(DC_TABLES, i, 0, out);
            codes(AC_TABLES, i, 0x10, out);
        }
        int[] shared = YcbcrRows.subsampling(tags);
        int height = layout.tiled ? layout.chunkHeight : rows;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 17, 8});
        out.writeBytes(pair(height));
        out.writeBytes(pair(layout.chunkWidth));
        out.writeBytes(new byte[] {3, 1, (byte) (shared[0] << 4 | shared[1]), 0, 2, 0x11, 1, 3, 0x11, 2});
        int interval = (int) tags.value(RESTART_INTERVAL).orElse(0);
        if (interval > 0) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xdd, 0, 4});
            out.writeBytes(pair(interval));
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x22, 0, 63, 0});
        out.write(file, chunk.offset(), chunk.length());
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return named(out.toByteArray());
    }

    /** Whether the TIFF states a range, so that luma and chroma must come as they are. */
    static boolean isRanged(TiffDirectory tags) {
        return tags.rationals(TiffDirectory.REFERENCE_BLACK_WHITE).length > 0;
    }

    private byte[] named(byte[] stream) {
        return JpegSegments.joined(
                new byte[0], stream, isRanged(tags) ? JpegSegments.NO_TRANSFORM : JpegSegments.YCBCR_TRANSFORM);
    }

    private void codes(int tag, int index, int kind, ByteArrayOutputStream out) {
        int at = table(tag, index, CODE_LENGTHS);
        int symbols = 0;
        for (int i = 0; i < CODE_LENGTHS; i++) {
            symbols += file[at + i] & 0xff;
        }
        if (symbols > 256 || at + CODE_LENGTHS + symbols > file.length) {
            throw ImageRefusal.damaged("TIFF with a JPEG table of %d codes".formatted(symbols));
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc4});
        out.writeBytes(pair(3 + CODE_LENGTHS + symbols));
        out.write(kind | index);
        out.write(file, at, CODE_LENGTHS + symbols);
    }

    private int table(int tag, int index, int length) {
        long[] offsets = tags.values(tag);
        if (index >= offsets.length || offsets[index] + length > file.length) {
            throw ImageRefusal.damaged("TIFF with old JPEG compression lacks a table (tag %d)".formatted(tag));
        }
        return (int) offsets[index];
    }

    private int streamStart() {
        long at = tags.value(TiffDirectory.OLD_JPEG_STREAM).orElse(0);
        return at > 0 && at < file.length && startsStream((int) at) ? (int) at : 0;
    }

    private boolean startsStream(int at) {
        return at + 1 < file.length && (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == 0xd8;
    }

    private static byte[] pair(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }
}
