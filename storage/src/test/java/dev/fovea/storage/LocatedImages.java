package dev.fovea.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** PNG images of noise with a GPS position in their eXIf chunk (TIFF 6.0, Exif 3.0 section 4.6.6). */
final class LocatedImages {

    private static final int HEADER = 33;
    private static final int ASCII = 2;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;

    private LocatedImages() {}

    /** 33.5 degrees south, 151.2 degrees east. */
    static byte[] png(int seed) {
        byte[] plain = NoiseImages.png(seed);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Arrays.copyOf(plain, HEADER));
        byte[] exif = exif();
        ByteBuffer chunk = ByteBuffer.allocate(exif.length + 12).putInt(exif.length);
        chunk.put("eXIf".getBytes(StandardCharsets.US_ASCII)).put(exif);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, exif.length + 4);
        file.writeBytes(chunk.putInt((int) checksum.getValue()).array());
        file.writeBytes(Arrays.copyOfRange(plain, HEADER, plain.length));
        return file.toByteArray();
    }

    private static byte[] exif() {
        ByteBuffer tiff = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        tiff.putShort((short) 0x4949).putShort((short) 42).putInt(8);
        tiff.putShort((short) 1);
        entry(tiff, 34853, LONG, 1, 26);
        tiff.putInt(0);
        tiff.putShort((short) 4);
        entry(tiff, 1, ASCII, 2, 'S');
        entry(tiff, 2, RATIONAL, 3, 80);
        entry(tiff, 3, ASCII, 2, 'E');
        entry(tiff, 4, RATIONAL, 3, 104);
        tiff.putInt(0);
        for (int number : new int[] {33, 1, 30, 1, 0, 1, 151, 1, 12, 1, 0, 1}) {
            tiff.putInt(number);
        }
        return tiff.array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
