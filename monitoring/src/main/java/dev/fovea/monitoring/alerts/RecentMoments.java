package dev.fovea.monitoring.alerts;

import dev.fovea.statistics.RunningMean;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Mean and variance of the last values, from 0 to 1, moving on by whole blocks of them: sums and sums of squares only.
 * Not thread-safe.
 */
final class RecentMoments {

    private final int block;
    private final double[] sums;
    private final double[] squares;
    private long full; // blocks ever filled
    private double open;
    private double openSquares;
    private int inOpen;

    RecentMoments(int blocks, int block) {
        this.sums = new double[blocks];
        this.squares = new double[blocks];
        this.block = block;
    }

    /** Takes a value in; true when that filled a block. */
    boolean add(double value) {
        open += value;
        openSquares += value * value;
        inOpen++;
        if (inOpen < block) {
            return false;
        }
        int slot = (int) (full % sums.length);
        sums[slot] = open;
        squares[slot] = openSquares;
        full++;
        open = 0;
        openSquares = 0;
        inOpen = 0;
        return true;
    }

    /** The values of the last full blocks; empty before there were so many. */
    Optional<RunningMean> last(int blocks) {
        if (full < blocks) {
            return Optional.empty();
        }
        double sum = 0;
        double sumOfSquares = 0;
        for (long number = full - blocks; number < full; number++) {
            sum += sums[(int) (number % sums.length)];
            sumOfSquares += squares[(int) (number % sums.length)];
        }
        long count = (long) blocks * block;
        double mean = sum / count;
        // rounding can leave a tiny negative number where all values are equal
        return Optional.of(new RunningMean(count, mean, Math.max(0, sumOfSquares - mean * sum)));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(sums.length);
        out.writeInt(block);
        for (int i = 0; i < sums.length; i++) {
            out.writeDouble(sums[i]);
            out.writeDouble(squares[i]);
        }
        out.writeLong(full);
        out.writeDouble(open);
        out.writeDouble(openSquares);
        out.writeInt(inOpen);
    }

    /** Reads what was written into this one; when blocks have another size now, it starts afresh. */
    void restore(DataInputStream in) throws IOException {
        RecentMoments saved = new RecentMoments(size(in), size(in));
        for (int i = 0; i < saved.sums.length; i++) {
            saved.sums[i] = in.readDouble();
            saved.squares[i] = in.readDouble();
        }
        long savedFull = in.readLong();
        double savedOpen = in.readDouble();
        double savedOpenSquares = in.readDouble();
        int savedInOpen = in.readInt();
        if (saved.block == block && saved.sums.length == sums.length) {
            System.arraycopy(saved.sums, 0, sums, 0, sums.length);
            System.arraycopy(saved.squares, 0, squares, 0, squares.length);
            full = savedFull;
            open = savedOpen;
            openSquares = savedOpenSquares;
            inOpen = savedInOpen;
        }
    }

    private static int size(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 1 || size > 1 << 20) {
            throw new IOException("%d is no size of a window".formatted(size));
        }
        return size;
    }
}
