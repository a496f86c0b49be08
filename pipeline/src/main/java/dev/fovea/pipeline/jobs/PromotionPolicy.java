package dev.fovea.pipeline.jobs;

import java.util.Locale;

/** Whether a new version goes into production by itself. */
public enum PromotionPolicy {
    /** Whatever it is worth. */
    ALWAYS,
    /**
     * A first version, if its evaluation clears the floor; a later one, if it also is shown to be better than the one
     * in production on the same images.
     */
    IF_BETTER,
    /** A person decides. */
    NEVER,
    /** {@link #IF_BETTER} for a first version, {@link #NEVER} for a later one. Where nobody asked for anything. */
    FIRST_IF_BETTER;

    /** As it is written on the command line. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
