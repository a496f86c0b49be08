package dev.fovea.datasets.exchange.reading;

import dev.fovea.imaging.ImageSize;
import java.util.Optional;

/**
 * What coordinates are relative to.
 *
 * @param pixels or else shares of the upright image's edges, 0 to 1
 * @param declared the size of the image as the file states it; empty where it states none
 */
public record StatedFrame(boolean pixels, Optional<ImageSize> declared) {

    /** Shares of the upright image's edges. */
    public static final StatedFrame SHARES = new StatedFrame(false, Optional.empty());

    /** Pixels of an image of a declared size; 0 and less declare none. */
    public static StatedFrame pixels(int width, int height) {
        return new StatedFrame(
                true, width > 0 && height > 0 ? Optional.of(new ImageSize(width, height)) : Optional.empty());
    }
}
