package dev.fovea.runtime.decoding;

/** A label and the probability given to it. */
public record Ranked(String label, double confidence) {}
