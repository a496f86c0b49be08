package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import dev.fovea.imaging.codec.RowSource;
import dev.fovea.imaging.codec.TiffDirectory;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.tukaani.xz.XZInputStream;

/** Undoes a chunk's compression (TIFF 6.0 and its supplements; tag 259), row by row. */
final class TiffCompression {

    static final int NONE = 1;
    static final int CCITT_RUNS = 2;
    static final int CCITT_T4 = 3;
    static final int CCITT_T6 = 4;
    static final int LZW = 5;
    static final int OLD_JPEG = 6;
    static final int JPEG = 7;
    static final int DEFLATE = 8;
    static final int CCITT_RUNS_WORDS = 32771;
    static final int PACK_BITS = 32773;
    static final int OLD_DEFLATE = 32946;
    static final int LZMA = 34925;
    static final int ZSTD = 50000;

    private static final int LZMA_KILOBYTES = 64 * 1024;
    private static final byte[] REVERSED = reversedBits();

    private final byte[] file;
    private final int code;
    private final boolean reversed;
    private final int t4Options;

    TiffCompression(byte[] file, TiffDirectory tags, int code) {
        this.file = file;
        this.code = code;
        this.reversed = tags.value(TiffDirectory.FILL_ORDER).orElse(1) == 2;
        this.t4Options = (int) tags.value(TiffDirectory.T4_OPTIONS).orElse(0);
    }

    /** Throws {@code IMAGE_FORMAT_UNSUPPORTED} with the name of a compression that is not read. */
    static void check(int code) {
        String name = switch (code) {
            case NONE, CCITT_RUNS, CCITT_T4, CCITT_T6, LZW, OLD_JPEG, JPEG, DEFLATE -> "";
            case CCITT_RUNS_WORDS, PACK_BITS, OLD_DEFLATE, LZMA, ZSTD -> "";
            case 32766 -> "NeXT";
            case 32809 -> "ThunderScan";
            case 32909 -> "Pixar log";
            case 33003, 33005, 34712 -> "JPEG 2000";
            case 34661 -> "JBIG";
            case 34676, 34677 -> "SGI log";
            case 34887 -> "LERC";
            case 50001 -> "WebP";
            case 50002, 52546 -> "JPEG XL";
            default -> "an unknown compression";
        };
        if (!name.isEmpty()) {
            throw ImageRefusal.unsupported(
                    "its TIFF is compressed with %s (%d)".formatted(name, code),
                    "Save it with LZW, Deflate, Zstandard or JPEG compression.");
        }
    }

    /** The rows of a chunk of {@code width} columns; JPEG is not done here. */
    RowSource open(TiffChunk chunk, int width) throws IOException {
        InputStream stored = code == NONE
                ? new ByteArrayInputStream(bytes(chunk.offset(), file.length - chunk.offset()))
                : new ByteArrayInputStream(bytes(chunk.offset(), chunk.length()));
        return switch (code) {
            case CCITT_RUNS -> new FaxRows(stored, width, FaxRows.Coding.RUNS_BYTE_ALIGNED);
            case CCITT_RUNS_WORDS -> new FaxRows(stored, width, FaxRows.Coding.RUNS_WORD_ALIGNED);
            case CCITT_T4 ->
                new FaxRows(stored, width, (t4Options & 1) != 0 ? FaxRows.Coding.T4_TWO_LINES : FaxRows.Coding.T4);
            case CCITT_T6 -> new FaxRows(stored, width, FaxRows.Coding.T6);
            default -> new StreamRows(inflated(stored));
        };
    }

    private InputStream inflated(InputStream stored) throws IOException {
        return switch (code) {
            case LZW -> new LzwStream(stored.readAllBytes());
            case DEFLATE, OLD_DEFLATE -> new InflaterInputStream(stored);
            case PACK_BITS -> new PackBitsStream(stored);
            case LZMA -> new XZInputStream(stored, LZMA_KILOBYTES);
            case ZSTD -> new ZstdInputStream(stored);
            default -> stored;
        };
    }

    private byte[] bytes(int offset, int length) {
        byte[] bytes = java.util.Arrays.copyOfRange(file, offset, offset + length);
        if (reversed) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = REVERSED[bytes[i] & 0xff];
            }
        }
        return bytes;
    }

    private static byte[] reversedBits() {
        byte[] reversed = new byte[256];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = (byte) (Integer.reverse(i) >>> 24);
        }
        return reversed;
    }

    private record StreamRows(InputStream in) implements RowSource {

        @Override
        public void next(byte[] row) throws IOException {
            if (in.readNBytes(row, 0, row.length) < row.length) {
                throw new EOFException("the pixels end too soon");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
