package dev.fovea.pipeline.search.network;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;

/**
 * A network whose weights are all learned, or are about to be.
 *
 * @param network what it was before
 * @param classifier its first output is the logits
 * @param contract its preprocessing
 * @param accuracy on validation images, by which it was chosen; 0 before the first training
 * @param epochs of all trainings
 */
public record LearnedWhole(
        WholeNetwork network, OnnxModel classifier, PreprocessingContract contract, double accuracy, int epochs) {}
