package dev.fovea.monitoring.drift.detector;

/**
 * A block that was compared with quiet ones.
 *
 * @param block itself
 * @param number in the stream
 * @param days since the block before
 * @param errors of each coordinate, in standard deviations
 * @param expected mean of each coordinate
 * @param scores of each test
 */
@SuppressWarnings("ArrayRecordComponent") // large, not compared
record ScoredBlock(Block block, long number, double days, double[] errors, double[] expected, double[] scores) {}
