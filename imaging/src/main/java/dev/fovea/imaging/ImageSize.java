package dev.fovea.imaging;

import dev.fovea.imaging.PreprocessingContract.Orientation;

/**
 * The size of an image as people see it: after its EXIF orientation, where that is applied. Unlike {@link Size} it has
 * no upper bound.
 *
 * @param width pixels, positive
 * @param height pixels, positive
 */
public record ImageSize(int width, int height) {

    public ImageSize {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("an image of %d×%d pixels".formatted(width, height));
        }
    }

    /** The size that an image with that header has once it is decoded in full. */
    public static ImageSize of(ImageHeader header, Orientation orientation) {
        boolean swaps = orientation == Orientation.EXIF && Orient.swapsEdges(header.orientation());
        return swaps ? new ImageSize(header.height(), header.width()) : new ImageSize(header.width(), header.height());
    }

    /** The size of a decoded image. */
    public static ImageSize of(Image image) {
        return new ImageSize(image.width(), image.height());
    }

    /** The whole image as a box. */
    public Box box() {
        return new Box(0, 0, width, height);
    }

    /** Such as {@code 640×480}. */
    @Override
    public String toString() {
        return width + "×" + height;
    }
}
