package dev.fovea.quantize.search;

/**
 * A tried quantization setting.
 *
 * @param what readable: integer types, coverage, ranges, bias
 * @param error relative quantization error of the outputs
 */
public record TriedQuantization(String what, double error) {}
