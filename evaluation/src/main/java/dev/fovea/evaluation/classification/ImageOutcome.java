package dev.fovea.evaluation.classification;

/** What became of one image of an evaluation. */
public sealed interface ImageOutcome permits Scored, FailedImage {

    /** The image's name, by which two evaluations are matched. */
    String image();
}
