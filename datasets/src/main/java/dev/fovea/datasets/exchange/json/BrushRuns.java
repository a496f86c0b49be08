package dev.fovea.datasets.exchange.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Masks as Label Studio's brush stores them: the RGBA bytes of the image row by row, as runs of bits. 32 bits count the
 * bytes, 5 the size of a word less one, and four times 4 the sizes of a length less one; then each run has a bit (1:
 * one repeated word), 2 bits for the size of its length, the length less one, and its words. Source: {@code decode_rle}
 * in label-studio-sdk, {@code converter/brush.py}. Pure.
 */
final class BrushRuns {

    private static final int[] SIZES = {3, 4, 8, 16};
    private static final int WORD = 8;
    private static final int MAX_RUN = 1 << 16;

    private BrushRuns() {}

    /** The pixels row by row; {@code IllegalArgumentException} when there are others than the image has. */
    static boolean[] decode(List<Integer> bytes, int pixels) {
        BitSource bits = new BitSource(bytes);
        long count = bits.read(32);
        if (count != 4L * pixels) {
            throw new IllegalArgumentException("a brush of %d bytes for %d pixels".formatted(count, pixels));
        }
        int word = bits.read(5) + 1;
        int[] sizes = new int[4];
        for (int i = 0; i < 4; i++) {
            sizes[i] = bits.read(4) + 1;
        }
        boolean[] rows = new boolean[pixels];
        int at = 0;
        while (at < count) {
            boolean isRepeated = bits.read(1) == 1;
            int length = bits.read(sizes[bits.read(2)]) + 1;
            int value = isRepeated ? bits.read(word) : 0;
            for (int i = 0; i < length && at < count; i++, at++) {
                value = isRepeated ? value : bits.read(word);
                if (at % 4 == 3) {
                    rows[at / 4] = value > 0; // the alpha of the stroke
                }
            }
        }
        return rows;
    }

    static List<Integer> encode(boolean[] rows) {
        BitSink bits = new BitSink();
        bits.write(4 * rows.length, 32);
        bits.write(WORD - 1, 5);
        for (int size : SIZES) {
            bits.write(size - 1, 4);
        }
        int from = 0;
        while (from < rows.length) {
            int to = from;
            while (to < rows.length && rows[to] == rows[from] && 4 * (to + 1 - from) <= MAX_RUN) {
                to++;
            }
            bits.write(1, 1);
            int length = 4 * (to - from) - 1;
            int size = 0;
            while (length >= 1 << SIZES[size]) {
                size++;
            }
            bits.write(size, 2);
            bits.write(length, SIZES[size]);
            bits.write(rows[from] ? 255 : 0, WORD);
            from = to;
        }
        return bits.bytes();
    }

    private static final class BitSource {
        private final List<Integer> bytes;
        private long at;

        BitSource(List<Integer> bytes) {
            this.bytes = bytes;
        }

        int read(int count) {
            int value = 0;
            for (int i = 0; i < count; i++, at++) {
                if (at / 8 >= bytes.size()) {
                    throw new IllegalArgumentException("a brush that is cut short");
                }
                value = (value << 1) | ((bytes.get((int) (at / 8)) >> (7 - at % 8)) & 1);
            }
            return value;
        }
    }

    private static final class BitSink {
        private final List<Integer> bytes = new ArrayList<>();
        private int current;
        private int filled;

        void write(int value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                current = (current << 1) | ((value >> i) & 1);
                if (++filled == 8) {
                    bytes.add(current);
                    current = 0;
                    filled = 0;
                }
            }
        }

        List<Integer> bytes() {
            if (filled > 0) {
                bytes.add(current << (8 - filled));
                filled = 0;
            }
            return bytes;
        }
    }
}
