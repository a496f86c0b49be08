package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
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
     * Receives an image and writes its tensor from the target's position on, which stays.
     *
     * @param reversed whether the last stored channel is the first of the tensor
     */
    PixelRows tensor(Size size, boolean reversed, Layout layout, ByteBuffer target) {
        Elements elements = elements(target.slice().order(target.order()));
        return switch (layout) {
            case NCHW -> planes(size, reversed, elements);
            case NHWC -> interleaved(size, reversed, elements);
        };
    }

    private PixelRows planes(Size size, boolean reversed, Elements out) {
        float[] values = new float[size.width()];
        return (y, row) -> {
            for (int c = 0; c < tables.length; c++) {
                float[] table = tables[c];
                int shift = shift(c, reversed);
                for (int x = 0; x < values.length; x++) {
                    values[x] = table[row[x] >> shift & 0xff];
                }
                out.put((c * size.height() + y) * size.width(), values);
            }
        };
    }

    private PixelRows interleaved(Size size, boolean reversed, Elements out) {
        int channels = tables.length;
        float[] values = new float[size.width() * channels];
        return (y, row) -> {
            for (int c = 0; c < channels; c++) {
                float[] table = tables[c];
                int shift = shift(c, reversed);
                for (int x = 0; x < size.width(); x++) {
                    values[x * channels + c] = table[row[x] >> shift & 0xff];
                }
            }
            out.put(y * values.length, values);
        };
    }

    private int shift(int channel, boolean reversed) {
        return 8 * (reversed ? tables.length - 1 - channel : channel);
    }

    /** The elements of a tensor. */
    private interface Elements {
        void put(int at, float[] values);
    }

    private Elements elements(ByteBuffer tensor) {
        return switch (type) {
            case FLOAT32 -> {
                FloatBuffer floats = tensor.asFloatBuffer();
                yield floats::put;
            }
            case FLOAT16 -> {
                ShortBuffer halves = tensor.asShortBuffer();
                yield (at, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        halves.put(at + i, Float.floatToFloat16(values[i]));
                    }
                };
            }
            case UINT8 ->
                (at, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        tensor.put(at + i, (byte) Math.clamp(Math.round(values[i]), 0, 255));
                    }
                };
        };
    }
}
