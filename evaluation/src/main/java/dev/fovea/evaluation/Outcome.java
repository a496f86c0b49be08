package dev.fovea.evaluation;

/** What became of one picture of an evaluation. */
public sealed interface Outcome permits Scored, FailedPicture {

    /** The picture's name, by which two evaluations are matched. */
    String picture();
}
