package dev.fovea.model.decoder;

import java.util.Optional;

/**
 * The options for the outputs of a model with labels; missing ones are inferred from the graph and from trial runs.
 *
 * @param task classification or multi-label
 * @param output the output to use, by its name
 * @param activation what the output leaves to be done
 * @param threshold for several labels per image: from which probability one applies
 */
public record OutputOptions(
        Optional<Task> task, Optional<String> output, Optional<Activation> activation, double threshold) {

    /** The default threshold of a label. */
    public static final double THRESHOLD = 0.5;

    /** No option is set. */
    public static final OutputOptions NONE =
            new OutputOptions(Optional.empty(), Optional.empty(), Optional.empty(), THRESHOLD);
}
