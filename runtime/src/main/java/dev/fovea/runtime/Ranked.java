package dev.fovea.runtime;

/** A label and the probability given to it. */
public record Ranked(String label, double confidence) {}
