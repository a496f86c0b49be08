package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat.ElementType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Bytes to tensor elements by a table per channel: 256 values each, computed once in double precision. Thread-safe. */
final class Normalizer {

    private final ElementType type;
    private final float[][] tables;

    private Normalizer(ElementType type, float[][] tables) {
        this.type = type;
        this.tables = tables;
    }

    static Normalizer of(PreprocessingContract contract) {
        float[][] tables = new float[contract.color().channels()][256];
        for (int c = 0; c < tables.length; c++) {
            for (int value = 0; value < 256; value++) {
                double scaled = value * contract.tensor().scale()
                        - contract.tensor().mean().get(c);
                tables[c][value] = (float) (scaled / contract.tensor().std().get(c));
            }
        }
        return new Normalizer(contract.tensor().type(), tables);
    }

    /** Appends one channel's plane; {@code stored} is the channel's place in the interleaved pixels. */
    void plane(byte[] pixels, int area, int stored, int channel, ByteBuffer target) {
        int step = tables.length;
        float[] table = tables[channel];
        float[] values = new float[area];
        for (int i = 0, at = stored; i < area; i++, at += step) {
            values[i] = table[pixels[at] & 0xff];
        }
        append(values, target);
    }

    /** Appends all pixels channel by channel; {@code reversed} swaps the stored order. */
    void interleaved(byte[] pixels, int area, boolean reversed, ByteBuffer target) {
        int channels = tables.length;
        float[] values = new float[area * channels];
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < channels; c++) {
                int stored = reversed ? channels - 1 - c : c;
                values[i * channels + c] = tables[c][pixels[i * channels + stored] & 0xff];
            }
        }
        append(values, target);
    }

    private void append(float[] values, ByteBuffer target) {
        switch (type) {
            case FLOAT32 -> {
                FloatBuffer floats = target.asFloatBuffer();
                floats.put(values);
            }
            case FLOAT16 -> {
                ShortBuffer halves = target.asShortBuffer();
                for (float value : values) {
                    halves.put(Float.floatToFloat16(value));
                }
            }
            case UINT8 -> {
                for (int i = 0; i < values.length; i++) {
                    target.put(target.position() + i, (byte) Math.clamp(Math.round(values[i]), 0, 255));
                }
            }
        }
        target.position(target.position() + values.length * type.bytes());
    }
}
