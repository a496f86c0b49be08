package dev.fovea.imaging;

import dev.fovea.imaging.Contract.Orientation;

/**
 * The size of a picture as people see it: after its EXIF orientation, where that is applied. Unlike {@link Size} it has
 * no upper bound.
 *
 * @param width pixels, positive
 * @param height pixels, positive
 */
public record PictureSize(int width, int height) {

    public PictureSize {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("a picture of %d×%d pixels".formatted(width, height));
        }
    }

    /** The size that a picture with that header has once it is decoded in full. */
    public static PictureSize of(PictureHeader header, Orientation orientation) {
        boolean swaps = orientation == Orientation.EXIF && Orient.swapsEdges(header.orientation());
        return swaps
                ? new PictureSize(header.height(), header.width())
                : new PictureSize(header.width(), header.height());
    }

    /** The size of a decoded picture. */
    public static PictureSize of(Picture picture) {
        return new PictureSize(picture.width(), picture.height());
    }

    /** The whole picture as a box. */
    public Box box() {
        return new Box(0, 0, width, height);
    }
}
