package dev.fovea.monitoring.drift.detector;

/**
 * A block that others are compared with, and the means of the blocks before it: the last one, four and sixteen. Their
 * regressors are averaged too, so that the rhythm in the means is known.
 *
 * @param number of the block in the stream
 * @param day number of the day that it began on
 * @param images of the block
 * @param rhythm {@code [1 + LAGS][regressors]}: of the block, then of the means before it
 * @param values {@code [1 + LAGS][coordinates]}: of the block, then the means before it; NaN where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // large, not compared
record QuietBlock(long number, int day, long images, double[][] rhythm, double[][] values) {

    /** How many blocks the means before a block span, after F. Corsi's heterogeneous autoregression (2009). */
    static final int[] LAGS = {1, 4, 16};
}
