package dev.fovea.model.formats;

import dev.fovea.imaging.PreprocessingContract;

/** The preprocessing that a file states. */
public sealed interface CarriedContract {

    /** The name of that file, for messages. */
    String source();

    /** All that is needed. */
    record Expressible(String source, PreprocessingContract contract) implements CarriedContract {}

    /**
     * Preprocessing that a contract cannot express, or that is incomplete; nothing is guessed.
     *
     * @param why ends a sentence about the source
     */
    record Unusable(String source, String why) implements CarriedContract {}
}
