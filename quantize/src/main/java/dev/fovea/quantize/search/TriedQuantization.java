package dev.fovea.quantize.search;

/**
 * A way to quantize that was tried.
 *
 * @param what in words: integers, coverage, ranges, bias
 * @param error of the outputs against the original's: noise as a share of the signal
 */
public record TriedQuantization(String what, double error) {}
