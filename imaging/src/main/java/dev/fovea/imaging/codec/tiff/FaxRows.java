package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Rows of CCITT facsimile coding (recommendations T.4 and T.6; TIFF 6.0, sections 10 and 11). A set bit is black. A row
 * is stored as the columns of its colour changes, which the two-dimensional codes refer to.
 */
final class FaxRows implements RowSource {

    /** How rows follow each other. */
    enum Coding {
        RUNS_BYTE_ALIGNED,
        RUNS_WORD_ALIGNED,
        T4,
        T4_TWO_LINES,
        T6
    }

    private static final int END_OF_LINE_ZEROS = 11;

    private final BitReader in;
    private final int width;
    private final Coding coding;
    private int[] above;
    private int[] row;
    private int changes;

    FaxRows(InputStream in, int width, Coding coding) throws IOException {
        this.in = new BitReader(in.readAllBytes());
        this.width = width;
        this.coding = coding;
        this.above = new int[2 * width + 8];
        this.row = new int[2 * width + 8];
        Arrays.fill(above, width);
    }

    @Override
    public void next(byte[] packed) throws IOException {
        changes = 0;
        switch (coding) {
            case RUNS_BYTE_ALIGNED -> {
                oneLine();
                in.align(8);
            }
            case RUNS_WORD_ALIGNED -> {
                oneLine();
                in.align(16);
            }
            case T4 -> {
                skipEndOfLine();
                oneLine();
            }
            case T4_TWO_LINES -> {
                skipEndOfLine();
                if (in.take(1) == 1) {
                    oneLine();
                } else {
                    twoLines();
                }
            }
            case T6 -> twoLines();
        }
        paint(packed);
        Arrays.fill(row, changes, Math.min(row.length, changes + 4), width);
        int[] done = row;
        row = above;
        above = done;
    }

    /** Fill bits and the end-of-line code, where they stand. */
    private void skipEndOfLine() throws IOException {
        if (in.peek(END_OF_LINE_ZEROS) == 0) {
            while (in.take(1) == 0) {
                // fill
            }
        }
    }

    private void oneLine() throws IOException {
        boolean black = false;
        int at = 0;
        while (at < width) {
            at += run(black);
            change(at);
            black = !black;
        }
    }

    private void twoLines() throws IOException {
        boolean black = false;
        int at = -1;
        int reference = 0;
        while (at < width) {
            if ((reference & 1) != (black ? 1 : 0)) {
                reference += reference > 0 ? -1 : 1;
            }
            while (above[reference] <= at && above[reference] < width) {
                reference += 2;
            }
            int mode = in.mode();
            switch (mode) {
                case BitReader.PASS -> at = above[reference + 1];
                case BitReader.HORIZONTAL -> {
                    int first = Math.max(at, 0) + run(black);
                    change(first);
                    at = first + run(!black);
                    change(at);
                }
                default -> {
                    int here = above[reference] + mode;
                    if (here < at || here < 0) {
                        throw new IOException("a change at column %d after %d".formatted(here, at));
                    }
                    change(here);
                    at = here;
                    black = !black;
                }
            }
        }
    }

    private void change(int column) throws IOException {
        if (column > width || changes >= row.length - 4) {
            throw new IOException("runs up to column %d in a row of %d".formatted(column, width));
        }
        row[changes++] = column;
    }

    private int run(boolean black) throws IOException {
        int total = 0;
        while (true) {
            int code = FaxCodes.run(black, in.peek(FaxCodes.LONGEST));
            if (code < 0) {
                throw new IOException("no code of a run");
            }
            in.take(code & 15);
            int run = code >> 4;
            total += run;
            if (run < 64) {
                return total;
            }
            if (total > width) {
                throw new IOException("a run of %d in a row of %d".formatted(total, width));
            }
        }
    }

    private void paint(byte[] packed) {
        Arrays.fill(packed, (byte) 0);
        for (int i = 0; i < changes; i += 2) {
            int end = i + 1 < changes ? row[i + 1] : width;
            for (int x = row[i]; x < end; x++) {
                packed[x >> 3] |= (byte) (0x80 >> (x & 7));
            }
        }
    }

    /** Bits of the coded data, the highest first. */
    private static final class BitReader {

        static final int PASS = 100;
        static final int HORIZONTAL = 101;

        private final byte[] bytes;
        private long at;

        BitReader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The next bits without taking them; zeros after the end. */
        int peek(int count) {
            int value = 0;
            int first = (int) (at >> 3);
            for (int i = first; i < first + 4; i++) {
                value = value << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
            }
            return (value << (int) (at & 7)) >>> (32 - count);
        }

        int take(int count) throws IOException {
            if (at + count > 8L * bytes.length) {
                throw new IOException("the rows end too soon");
            }
            int value = peek(count);
            at += count;
            return value;
        }

        void align(int bits) {
            at = (at + bits - 1) / bits * bits;
        }

        /** Pass, horizontal, or the distance of a vertical mode, −3 to 3 (T.4, table 4). */
        int mode() throws IOException {
            int zeros = Integer.numberOfLeadingZeros(peek(7) << 25 | 1 << 24);
            return switch (zeros) {
                case 0 -> taken(1, 0);
                case 1 -> taken(3, (peek(3) & 1) == 1 ? 1 : -1);
                case 2 -> taken(3, HORIZONTAL);
                case 3 -> taken(4, PASS);
                case 4 -> taken(6, (peek(6) & 1) == 1 ? 2 : -2);
                case 5 -> taken(7, (peek(7) & 1) == 1 ? 3 : -3);
                default -> throw new IOException("no code of a mode");
            };
        }

        private int taken(int bits, int mode) throws IOException {
            take(bits);
            return mode;
        }
    }
}
