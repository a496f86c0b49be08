package dev.fovea.monitoring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The mean of the last {@code blocks × block} values, moving on by whole blocks: sums only. Not thread-safe. */
final class RecentMean {

    private final int block;
    private final double[] sums;
    private long full; // blocks ever filled
    private double open;
    private int inOpen;

    RecentMean(int blocks, int block) {
        this.sums = new double[blocks];
        this.block = block;
    }

    /** Takes a value in; true when that filled a block, so that the mean has moved on. */
    boolean add(double value) {
        open += value;
        inOpen++;
        if (inOpen < block) {
            return false;
        }
        sums[(int) (full % sums.length)] = open;
        full++;
        open = 0;
        inOpen = 0;
        return true;
    }

    /** The mean of the last full window; empty before there was one. */
    Optional<Double> mean() {
        return full < sums.length
                ? Optional.empty()
                : Optional.of(Arrays.stream(sums).sum() / ((double) block * sums.length));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(sums.length);
        out.writeInt(block);
        for (double sum : sums) {
            out.writeDouble(sum);
        }
        out.writeLong(full);
        out.writeDouble(open);
        out.writeInt(inOpen);
    }

    /** Reads what was written into this one; when the window has another size now, it starts afresh. */
    void restore(DataInputStream in) throws IOException {
        int blocks = in.readInt();
        boolean same = in.readInt() == block && blocks == sums.length;
        if (blocks < 0 || blocks > in.available() / Double.BYTES) {
            throw new IOException("%d blocks in %d bytes".formatted(blocks, in.available()));
        }
        double[] saved = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            saved[i] = in.readDouble();
        }
        long savedFull = in.readLong();
        double savedOpen = in.readDouble();
        int savedInOpen = in.readInt();
        if (same) {
            System.arraycopy(saved, 0, sums, 0, blocks);
            full = savedFull;
            open = savedOpen;
            inOpen = savedInOpen;
        }
    }
}
