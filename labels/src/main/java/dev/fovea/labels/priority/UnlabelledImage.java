package dev.fovea.labels.priority;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * An image that could be labelled.
 *
 * @param image its id
 * @param seen how often it, or one almost equal to it, came in; at least 1
 */
public record UnlabelledImage(String image, long seen) {

    public UnlabelledImage {
        if (seen < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The image %s was seen %d times; it must be at least once.".formatted(image, seen));
        }
    }
}
