package dev.fovea.imaging.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes EXIF blocks byte by byte, and the files that contain them. */
public final class ExifBlock {

    private record Entry(int directory, int tag, int type, int count, byte[] value) {}

    private static final int[] POINTERS = {0, 34665, 34853};

    private final ByteOrder order;
    private final List<Entry> entries = new ArrayList<>();

    public ExifBlock(ByteOrder order) {
        this.order = order;
    }

    /** A tag of the image (0), EXIF (1) or GPS (2) directory. */
    public ExifBlock text(int directory, int tag, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        entries.add(new Entry(directory, tag, 2, bytes.length, bytes));
        return this;
    }

    public ExifBlock number(int directory, int tag, int value) {
        entries.add(new Entry(
                directory,
                tag,
                3,
                1,
                ByteBuffer.allocate(2).order(order).putShort((short) value).array()));
        return this;
    }

    /** Numerators and denominators in turn. */
    public ExifBlock rational(int directory, int tag, int... parts) {
        ByteBuffer value = ByteBuffer.allocate(4 * parts.length).order(order);
        for (int part : parts) {
            value.putInt(part);
        }
        entries.add(new Entry(directory, tag, 5, parts.length / 2, value.array()));
        return this;
    }

    /** The TIFF structure: header, three directories, values. */
    public byte[] bytes() {
        int[] at = new int[3];
        int next = 8;
        for (int directory = 0; directory < 3; directory++) {
            at[directory] = next;
            next += 2 + 12 * (in(directory).size() + (directory == 0 ? 2 : 0)) + 4;
        }
        ByteBuffer out = ByteBuffer.allocate(next + 8192).order(order);
        out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) 42).putInt(8);
        int values = next;
        for (int directory = 0; directory < 3; directory++) {
            List<Entry> here = in(directory);
            out.position(at[directory]);
            out.putShort((short) (here.size() + (directory == 0 ? 2 : 0)));
            for (Entry entry : here) {
                out.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
                if (entry.value().length <= 4) {
                    out.put(entry.value()).position(out.position() + 4 - entry.value().length);
                } else {
                    out.putInt(values);
                    out.put(values, entry.value());
                    values += entry.value().length;
                }
            }
            for (int pointed = 1; directory == 0 && pointed < 3; pointed++) {
                out.putShort((short) POINTERS[pointed])
                        .putShort((short) 4)
                        .putInt(1)
                        .putInt(at[pointed]);
            }
        }
        byte[] block = new byte[values];
        out.get(0, block);
        return block;
    }

    private List<Entry> in(int directory) {
        return entries.stream().filter(entry -> entry.directory() == directory).toList();
    }

    public static byte[] inJpeg(byte[] jpeg, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int length = payload.length + 2;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
        out.writeBytes(payload);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** The payload of a JPEG's segment. */
    public byte[] segment() {
        byte[] block = bytes();
        return ByteBuffer.allocate(block.length + 6)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(block)
                .array();
    }

    /** A PNG with a chunk after its header. */
    public static byte[] inPng(byte[] png, String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        chunk.putInt((int) crc.getValue());
        int after = 8 + 25;
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, after)
                .put(chunk.array())
                .put(png, after, png.length - after)
                .array();
    }

    /** A simple WebP as an extended one with a chunk of EXIF. */
    public static byte[] inWebp(byte[] webp, int width, int height, byte[] exif) {
        ByteBuffer out = ByteBuffer.allocate(webp.length + 18 + 8 + exif.length + (exif.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity() - 8);
        out.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(8);
        out.put((byte) (width - 1)).putShort((short) 0).put((byte) (height - 1)).putShort((short) 0);
        out.put(webp, 12, webp.length - 12);
        out.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
        return out.array();
    }
}
