package dev.fovea.imaging.codec;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A directory of a TIFF structure, as in TIFF files and in EXIF blocks (TIFF 6.0, section 2; BigTIFF): the first one,
 * or one that a tag points to.
 */
public final class TiffDirectory {

    public static final int WIDTH = 256;
    public static final int HEIGHT = 257;
    public static final int BITS_PER_SAMPLE = 258;
    public static final int COMPRESSION = 259;
    public static final int PHOTOMETRIC = 262;
    public static final int FILL_ORDER = 266;
    public static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    public static final int SAMPLES_PER_PIXEL = 277;
    public static final int ROWS_PER_STRIP = 278;
    public static final int STRIP_BYTE_COUNTS = 279;
    public static final int PLANAR = 284;
    public static final int T4_OPTIONS = 292;
    public static final int PREDICTOR = 317;
    public static final int COLOR_MAP = 320;
    public static final int TILE_WIDTH = 322;
    public static final int TILE_HEIGHT = 323;
    public static final int TILE_OFFSETS = 324;
    public static final int TILE_BYTE_COUNTS = 325;
    public static final int INK_SET = 332;
    public static final int EXTRA_SAMPLES = 338;
    public static final int SAMPLE_FORMAT = 339;
    public static final int JPEG_TABLES = 347;
    public static final int OLD_JPEG_STREAM = 513;
    public static final int YCBCR_COEFFICIENTS = 529;
    public static final int YCBCR_SUBSAMPLING = 530;
    public static final int REFERENCE_BLACK_WHITE = 532;
    private static final int XMP = 700;

    private static final int BIG = 43;
    private static final int RATIONAL = 5;
    private static final int MAX_ENTRIES = 4096;
    /** Bytes per value by field type 1 to 18; 0 for types that do not exist. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private final ByteReader reader;
    private final long origin;
    private final boolean littleEndian;
    private final boolean big;
    /** Position of the directory, or −1 for the first one. */
    private final long start;

    /** A structure that starts at {@code origin} of {@code bytes}. */
    public TiffDirectory(byte[] bytes, int origin) {
        this.littleEndian = bytes.length > origin && bytes[origin] == 'I';
        this.reader = new ByteReader(bytes, littleEndian);
        this.origin = origin;
        this.big = bytes.length >= origin + 4L && reader.u16(origin + 2L) == BIG;
        this.start = -1;
    }

    private TiffDirectory(TiffDirectory first, long start) {
        this.littleEndian = first.littleEndian;
        this.reader = first.reader;
        this.origin = first.origin;
        this.big = first.big;
        this.start = start;
    }

    /** Whether a file starts as a TIFF or BigTIFF file does. */
    public static boolean isTiff(byte[] file) {
        ByteReader reader = new ByteReader(file, false);
        return reader.matches(0, "II*\0")
                || reader.matches(0, "MM\0*")
                || reader.matches(0, "II+\0")
                || reader.matches(0, "MM\0+");
    }

    /** The directory that a tag points to, such as that of EXIF; nothing of it is read yet. */
    public Optional<TiffDirectory> directory(int tag) {
        OptionalLong at = value(tag);
        return at.isPresent() ? Optional.of(new TiffDirectory(this, origin + at.getAsLong())) : Optional.empty();
    }

    public boolean littleEndian() {
        return littleEndian;
    }

    /** Whether a tag is there, whatever its value. */
    public boolean has(int tag) {
        return find(tag) >= 0;
    }

    /** The first value of a tag. */
    public OptionalLong value(int tag) {
        long entry = find(tag);
        return entry < 0 || count(entry) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(number(entry, valuesAt(entry), 0));
    }

    /** All values of a tag; empty when it is absent. */
    public long[] values(int tag) {
        long entry = find(tag);
        if (entry < 0) {
            return new long[0];
        }
        long at = valuesAt(entry);
        long[] values = new long[count(entry)];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(entry, at, i);
        }
        return values;
    }

    /** The values of a tag of rational or whole numbers, not finite where they divide by 0; empty when it is absent. */
    public double[] rationals(int tag) {
        long entry = find(tag);
        if (entry < 0 || type(entry) != RATIONAL) {
            return Arrays.stream(values(tag)).asDoubleStream().toArray();
        }
        long at = valuesAt(entry);
        double[] values = new double[count(entry)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (double) reader.u32(at + 8L * i) / reader.u32(at + 8L * i + 4);
        }
        return values;
    }

    /** The first value of a tag of rational or whole numbers without sign, if it is finite. */
    public OptionalDouble rational(int tag) {
        long entry = find(tag);
        if (entry < 0 || type(entry) > RATIONAL || count(entry) == 0) {
            return OptionalDouble.empty();
        }
        long at = valuesAt(entry);
        double value =
                type(entry) == RATIONAL ? (double) reader.u32(at) / reader.u32(at + 4) : (double) number(entry, at, 0);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * The first bytes of a tag of text or bytes.
     *
     * @param max maximum number of bytes that are read
     */
    public byte[] start(int tag, int max) {
        long entry = find(tag);
        if (entry < 0 || size(entry) != 1) {
            return new byte[0];
        }
        long at = valuesAt(entry);
        byte[] bytes = new byte[Math.min(max, count(entry))];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) reader.u8(at + i);
        }
        return bytes;
    }

    /** The bytes of a tag of bytes; empty when it is absent. */
    public byte[] bytes(int tag) {
        long[] values = values(tag);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /**
     * EXIF orientation 1 to 8, from the tag or else from an XMP packet; 1 if absent or invalid. A broken tag never
     * makes an image unreadable.
     */
    public int orientation() {
        return statedOrientation().orElse(1);
    }

    /** The same, empty when neither tag 274 nor an XMP packet states one. */
    public Optional<Integer> statedOrientation() {
        try {
            OptionalLong tag = value(ORIENTATION);
            if (tag.isPresent()) {
                return Optional.of(tag.getAsLong() >= 1 && tag.getAsLong() <= 8 ? (int) tag.getAsLong() : 1);
            }
            return xmp().flatMap(XmpPacket::orientation);
        } catch (ByteReader.OutOfBytes e) {
            return Optional.empty();
        }
    }

    /** The XMP packet that a tag contains. */
    public Optional<XmpPacket> xmp() {
        return has(XMP) ? Optional.of(XmpPacket.of(bytes(XMP))) : Optional.empty();
    }

    /**
     * Overwrites a directory with zeros: its number of entries, the entries, and their values elsewhere. What lies
     * outside of the bytes is left alone.
     *
     * @param target the bytes that this was read from, or a copy
     */
    public void erase(byte[] target) {
        long directory = start();
        int entries = Math.min(reader.u16(directory), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            long entry = directory + (big ? 8 + 20L * i : 2 + 12L * i);
            long at = valuesAt(entry);
            zero(target, at, (long) count(entry) * size(entry));
            zero(target, entry, big ? 20 : 12);
        }
        zero(target, directory, big ? 8 : 2);
    }

    private static void zero(byte[] target, long at, long length) {
        int from = Math.clamp(at, 0, target.length);
        Arrays.fill(target, from, Math.clamp(at + length, from, target.length), (byte) 0);
    }

    private long start() {
        return start >= 0 ? start : origin + (big ? reader.u64(origin + 8) : reader.u32(origin + 4));
    }

    /** The position of a tag's entry, or −1. */
    private long find(int tag) {
        long directory = start();
        int entries = Math.min(reader.u16(directory), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            long entry = directory + (big ? 8 + 20L * i : 2 + 12L * i);
            if (reader.u16(entry) == tag) {
                return entry;
            }
        }
        return -1;
    }

    private int type(long entry) {
        return reader.u16(entry + 2);
    }

    private int size(long entry) {
        int type = type(entry);
        return type < SIZES.length ? SIZES[type] : 0;
    }

    /** The number of values, never more than the file has room for. */
    private int count(long entry) {
        long count = big ? reader.u64(entry + 4) : reader.u32(entry + 4);
        int size = size(entry);
        if (size == 0) {
            return 0;
        }
        if (count > reader.length() / size) {
            throw new ByteReader.OutOfBytes();
        }
        return (int) count;
    }

    private long valuesAt(long entry) {
        long bytes = (long) count(entry) * size(entry);
        if (big) {
            return bytes > 8 ? origin + reader.u64(entry + 12) : entry + 12;
        }
        return bytes > 4 ? origin + reader.u32(entry + 8) : entry + 8;
    }

    private long number(long entry, long at, int index) {
        return switch (size(entry)) {
            case 1 -> reader.u8(at + index);
            case 2 -> reader.u16(at + 2L * index);
            case 4 -> reader.u32(at + 4L * index);
            default -> type(entry) == RATIONAL ? reader.u32(at + 8L * index) : reader.u64(at + 8L * index);
        };
    }
}
