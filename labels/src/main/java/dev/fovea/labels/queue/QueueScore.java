package dev.fovea.labels.queue;

import java.util.Optional;

/**
 * The place of an image in the order {@link QueueOrder#UNCERTAIN}.
 *
 * @param score the highest comes first; 0 for none
 * @param reason in words, as {@code unsure 0.81, seen 14 times}; empty where only a number is known
 */
public record QueueScore(double score, Optional<String> reason) {

    /** No place of its own. */
    public static final QueueScore NONE = of(0);

    /** A number without words. */
    public static QueueScore of(double score) {
        return new QueueScore(score, Optional.empty());
    }
}
