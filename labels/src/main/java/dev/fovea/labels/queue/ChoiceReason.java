package dev.fovea.labels.queue;

/** Why an annotator got an image. */
public enum ChoiceReason {
    /** Drawn at random. */
    RANDOM,
    /** It has a high score: the model is unsure about it. */
    UNCERTAIN,
    /** It looks like the first image of its page. */
    ALIKE,
    /** Annotators disagree about it. */
    DISAGREEMENT,
    /** Its label is known, to measure the annotator. */
    HONEYPOT,
    /** It is one of the first images, which several people label blind. */
    PILOT,
    /** Its label came from an annotator below the minimum skill. */
    REWORK,
    /** A plan drew it, to know how right a model is in production. */
    PLANNED,
    /** Two versions of a model predict different things of it. */
    SHADOW,
    /** The annotator chose it, without a lease. */
    CHOSEN
}
