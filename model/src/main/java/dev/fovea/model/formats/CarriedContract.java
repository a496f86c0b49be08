package dev.fovea.model.formats;

import dev.fovea.imaging.PreprocessingContract;

/** What a file says of the steps that an image goes through before a network. */
public sealed interface CarriedContract {

    /** The file that says so, as a person would name it. */
    String source();

    /** All that is needed. */
    record Found(String source, PreprocessingContract contract) implements CarriedContract {}

    /**
     * Something that a contract cannot say, or too little of it: the rest is not guessed.
     *
     * @param why ends a sentence about the source
     */
    record Unusable(String source, String why) implements CarriedContract {}
}
