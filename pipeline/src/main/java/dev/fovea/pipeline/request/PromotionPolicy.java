package dev.fovea.pipeline.request;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Locale;

/** When a new version is promoted automatically. */
public enum PromotionPolicy {
    /** Always. */
    ALWAYS,
    /**
     * A first version if it is usable by its evaluation. A later one if it also is significantly better than production
     * on the same images.
     */
    IF_BETTER,
    /** Never. */
    NEVER,
    /** {@link #IF_BETTER} for a first version, {@link #NEVER} for a later one. The default. */
    FIRST_IF_BETTER;

    /** The value in a request; empty for {@link #FIRST_IF_BETTER}. */
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
