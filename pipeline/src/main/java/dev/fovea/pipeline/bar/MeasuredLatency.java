package dev.fovea.pipeline.bar;

/**
 * How long one image takes from its bytes to its prediction, as measured on this machine.
 *
 * @param p50Ms median in milliseconds
 * @param p99Ms 99th percentile
 * @param runs how often it was measured
 */
public record MeasuredLatency(double p50Ms, double p99Ms, int runs) {}
