package dev.fovea.pipeline.request;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Locale;

/** Whether a new version goes into production by itself. */
public enum PromotionPolicy {
    /** Whatever its evaluation says. */
    ALWAYS,
    /**
     * A first version, if its evaluation clears the floor; a later one, if it also is shown to be better than the one
     * in production on the same images.
     */
    IF_BETTER,
    /** A person decides. */
    NEVER,
    /** {@link #IF_BETTER} for a first version, {@link #NEVER} for a later one. The default. */
    FIRST_IF_BETTER;

    /** As it is written in a request; empty for {@link #FIRST_IF_BETTER}. */
    public static PromotionPolicy of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> FIRST_IF_BETTER;
            case "always" -> ALWAYS;
            case "if-better" -> IF_BETTER;
            case "never" -> NEVER;
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "promote is \"%s\"; it must be always, if-better or never.".formatted(word));
        };
    }
}
