package dev.fovea.imaging.codec;

import java.util.Arrays;

/**
 * Run-length coded rows of a bitmap, with the escapes for the end of a row, the end of the image and a jump. What is
 * jumped over, and what comes after the end, has index 0.
 */
final class BmpRuns {

    private static final int END_OF_ROW = 0;
    private static final int END = 1;
    private static final int JUMP = 2;

    /** Takes the indices of a row of the file. */
    interface Rows {
        void row(int y, byte[] indices);
    }

    private final byte[] file;
    private final BmpHeader header;
    private final boolean fourBits;
    private final byte[] row;
    private int at;
    private int x;
    private int y;

    BmpRuns(byte[] file, BmpHeader header) {
        this.file = file;
        this.header = header;
        this.fourBits = header.compression() == BmpHeader.RUNS_4;
        this.row = new byte[header.width()];
        this.at = header.pixelsAt();
    }

    void read(Rows rows) {
        boolean ended = false;
        while (!ended && y < header.height()) {
            int count = next();
            int value = next();
            if (count > 0) {
                run(count, value);
            } else if (value == END_OF_ROW) {
                finish(rows);
            } else if (value == END) {
                ended = true;
            } else if (value == JUMP) {
                int right = next();
                int rowsUp = next();
                for (int i = 0; i < rowsUp && y < header.height(); i++) {
                    int column = x;
                    finish(rows);
                    x = column;
                }
                x += right;
            } else {
                literal(value);
            }
        }
        while (y < header.height()) {
            finish(rows);
        }
    }

    private void finish(Rows rows) {
        rows.row(y++, row);
        Arrays.fill(row, (byte) 0);
        x = 0;
    }

    private void run(int count, int value) {
        for (int i = 0; i < count; i++) {
            put(fourBits ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
        }
    }

    private void literal(int count) {
        int bytes = fourBits ? (count + 1) / 2 : count;
        if (x + count > row.length) {
            throw ImageRefusal.damaged(
                    "BMP with %d pixels at column %d of a row of %d".formatted(count, x, row.length));
        }
        for (int i = 0; i < count; i++) {
            int value = fourBits ? file[at + i / 2] >> (i % 2 == 0 ? 4 : 0) & 15 : file[at + i];
            put(value);
        }
        at += bytes + (bytes & 1);
    }

    private void put(int index) {
        if (x < row.length) {
            row[x] = (byte) index;
        }
        x++;
    }

    private int next() {
        return file[at++] & 0xff;
    }
}
