package dev.fovea.pipeline.weights;

/**
 * A backbone in a list.
 *
 * @param added whether the home has it, so that trainings can start from it
 * @param task what its weights were learned for
 * @param input size of the image that it sees, as {@code 224x224}
 * @param bytes of its weights
 * @param licence of the weights, as their authors state it
 * @param source where the weights are from
 */
public record ListedBackbone(
        String name, boolean added, String task, String input, long bytes, String licence, String source) {}
