package dev.fovea.traffic.truth;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * An object that an image shows, in shares of the upright image.
 *
 * @param x left edge
 * @param y upper edge
 */
public record TrueBox(String label, double x, double y, double width, double height) {

    public TrueBox {
        if (!(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001)) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "The box %s %s %s %s of \"%s\" lies outside the image. Give x, y, width and height in shares of the image, 0 to 1."
                            .formatted(x, y, width, height, label));
        }
    }
}
