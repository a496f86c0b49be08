package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.ImageRefusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts packed samples to bytes. Fewer than 8 bits are scaled to 0..255; of more bits the highest 8 are used.
 * Palette indices are unchanged. Signed, floating-point and 32-bit samples are accepted only if all lie in 0..255.
 */
final class SampleBytes {

    private final int bits;
    private final boolean index;
    private final boolean littleEndian;
    private final TiffSamples samples;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;

    SampleBytes(TiffSamples samples, boolean littleEndian) {
        this.samples = samples;
        this.bits = samples.bits();
        this.index = samples.photometric() == TiffSamples.PALETTE;
        this.littleEndian = littleEndian;
    }

    /** The first {@code count} samples of a packed row; {@code out} may be {@code packed} where samples are bytes. */
    void unpack(byte[] packed, byte[] out, int count) {
        if (samples.wide()) {
            numbers(packed, out, count);
        } else if (bits == 8) {
            System.arraycopy(packed, 0, out, 0, count);
        } else if (bits == 16) {
            for (int i = 0, at = littleEndian ? 1 : 0; i < count; i++, at += 2) {
                out[i] = packed[at];
            }
        } else {
            bits(packed, out, count);
        }
    }

    private void bits(byte[] packed, byte[] out, int count) {
        int max = (1 << bits) - 1;
        int value = 0;
        int have = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            while (have < bits) {
                value = (value << 8) | (packed[at++] & 0xff);
                have += 8;
            }
            have -= bits;
            int sample = value >>> have & max;
            value &= (1 << have) - 1;
            out[i] = (byte) (index ? sample : bits > 8 ? sample >> (bits - 8) : sample * 255 / max);
        }
    }

    private void numbers(byte[] packed, byte[] out, int count) {
        ByteBuffer in = ByteBuffer.wrap(packed).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < count; i++) {
            double value = number(in);
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
            out[i] = (byte) Math.clamp((long) value, 0, 255);
        }
    }

    private double number(ByteBuffer in) {
        if (samples.format() == TiffSamples.FLOAT) {
            float value = in.getFloat();
            return Float.isNaN(value) ? 0 : value;
        }
        return switch (bits) {
            case 8 -> in.get();
            case 16 -> in.getShort();
            default -> samples.format() == 1 ? in.getInt() & 0xffffffffL : in.getInt();
        };
    }

    /** Refuses numbers that have no agreed grey; called when all samples were seen. */
    void check() {
        boolean unit = samples.format() == TiffSamples.FLOAT && highest > 0 && highest <= 1;
        if (samples.wide() && (lowest < 0 || highest >= 256 || unit)) {
            throw ImageRefusal.unsupported(
                    "its TIFF has samples from %.6g to %.6g, which do not map to grey values"
                            .formatted(lowest, highest),
                    "Scale them to 0..255, or save them as unsigned samples of 8 or 16 bits.");
        }
    }
}
