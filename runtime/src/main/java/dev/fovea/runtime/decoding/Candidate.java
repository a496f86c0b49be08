package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;

/**
 * What a detector proposes.
 *
 * @param index its place in the network's output
 * @param label index of its class
 * @param score 0 to 1
 * @param box in pixels of the network's input
 */
record Candidate(int index, int label, double score, Box box) {}
