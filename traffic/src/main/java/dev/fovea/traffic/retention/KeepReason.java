package dev.fovea.traffic.retention;

import java.util.Locale;

/** Why an image is kept. */
public enum KeepReason {
    /** It is in the random sample, in which each image is as likely as any other. */
    RANDOM,
    /** Its prediction is among the most uncertain ones. */
    UNCERTAIN,
    /** Its embedding is among those that are farthest from the reference of the version. */
    NOVEL,
    /** A version in shadow predicts something else. No policy asks for it. */
    DIFFERENT;

    /** As the API and the command line write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
