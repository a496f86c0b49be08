package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
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

    /**
     * Appends the tensor of interleaved pixels.
     *
     * @param pixels as they are stored, from index 0 on
     * @param reversed whether the last stored channel is the first of the tensor
     */
    void append(ByteBuffer pixels, int area, boolean reversed, Layout layout, ByteBuffer target) {
        int channels = tables.length;
        for (int c = 0; c < channels; c++) {
            int stored = reversed ? channels - 1 - c : c;
            switch (layout) {
                case NCHW -> append(pixels, stored, tables[c], area, target, c * area, 1);
                case NHWC -> append(pixels, stored, tables[c], area, target, c, channels);
            }
        }
        target.position(target.position() + area * channels * type.bytes());
    }

    /** Writes each pixel's channel at an element from the target's position on, and a step after it. */
    private void append(
            ByteBuffer pixels, int stored, float[] table, int area, ByteBuffer target, int first, int step) {
        int channels = tables.length;
        switch (type) {
            case FLOAT32 -> {
                FloatBuffer floats = target.asFloatBuffer();
                for (int i = 0; i < area; i++) {
                    floats.put(first + i * step, table[pixels.get(stored + i * channels) & 0xff]);
                }
            }
            case FLOAT16 -> {
                ShortBuffer halves = target.asShortBuffer();
                for (int i = 0; i < area; i++) {
                    float value = table[pixels.get(stored + i * channels) & 0xff];
                    halves.put(first + i * step, Float.floatToFloat16(value));
                }
            }
            case UINT8 -> {
                ByteBuffer bytes = target.slice();
                for (int i = 0; i < area; i++) {
                    float value = table[pixels.get(stored + i * channels) & 0xff];
                    bytes.put(first + i * step, (byte) Math.clamp(Math.round(value), 0, 255));
                }
            }
        }
    }
}
