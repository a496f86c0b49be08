package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.Geometry;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.ScaledDecode;
import dev.fovea.imaging.Size;

/**
 * The letterbox transform: the affine map of a preprocessing contract's resize and crop, with the sizes and offsets of
 * {@link Geometry}. Its inverse maps detections to pixels of the image. Coordinates are continuous (see {@link Box});
 * {@code input = image * scale + offset} on each axis. Source of the convention: both Pillow and OpenCV sample at pixel
 * centres, so the edges of the two images coincide.
 *
 * @param image the upright image at full size
 * @param input size of the network's input
 * @param scaleX input pixels per image pixel, positive
 * @param scaleY the same downwards
 * @param offsetX where the image's left edge lies in the input, pixels; negative where a crop cuts it off
 * @param offsetY the same for its upper edge
 */
public record ImageTransform(
        ImageSize image, Size input, double scaleX, double scaleY, double offsetX, double offsetY) {

    public ImageTransform {
        if (!(scaleX > 0 && scaleY > 0) || !Double.isFinite(offsetX) || !Double.isFinite(offsetY)) {
            throw new IllegalArgumentException(
                    "a placement of scale (%s, %s) and offset (%s, %s)".formatted(scaleX, scaleY, offsetX, offsetY));
        }
    }

    /** Where a contract puts the image with that header, a JPEG decoded at a fraction of its size included. */
    public static ImageTransform of(PreprocessingContract contract, ImageHeader header) {
        ImageSize image = ImageSize.of(header, contract.orientation());
        return of(contract, image, decoded(contract, header.format(), image));
    }

    /** Where a contract puts an image that was decoded in full. */
    public static ImageTransform of(PreprocessingContract contract, ImageSize image) {
        return of(contract, image, image);
    }

    /** The identity transform of the network's input. */
    public static ImageTransform identity(Size input) {
        return new ImageTransform(new ImageSize(input.width(), input.height()), input, 1, 1, 0, 0);
    }

    private static ImageTransform of(PreprocessingContract contract, ImageSize image, ImageSize decoded) {
        Size resized = Geometry.resized(contract.resize(), decoded.height(), decoded.width());
        int left = 0;
        int top = 0;
        Size framed = resized;
        if (contract.resize() instanceof Resize.Letterbox box) {
            framed = box.size();
            if (box.anchor() == Resize.Anchor.CENTER) {
                left = Geometry.borderBefore(framed.width(), resized.width());
                top = Geometry.borderBefore(framed.height(), resized.height());
            }
        }
        if (contract.crop().isPresent()) {
            Crop crop = contract.crop().get();
            left -= crop.start(framed.width(), crop.size().width());
            top -= crop.start(framed.height(), crop.size().height());
        }
        return new ImageTransform(
                image,
                contract.outputSize(),
                (double) resized.width() / image.width(),
                (double) resized.height() / image.height(),
                left,
                top);
    }

    /** The decoded size, which libjpeg rounds up. */
    private static ImageSize decoded(PreprocessingContract contract, ImageFormat format, ImageSize image) {
        if (contract.decode() != DecodeMode.FAST || format != ImageFormat.JPEG) {
            return image;
        }
        int denominator = ScaledDecode.denominator(
                image.width(), image.height(), Geometry.resized(contract.resize(), image.height(), image.width()));
        return new ImageSize(Math.ceilDiv(image.width(), denominator), Math.ceilDiv(image.height(), denominator));
    }

    /** A point of the input in the image's pixels; it may lie outside the image. */
    public Point toImage(Point input) {
        return new Point((float) imageX(input.x()), (float) imageY(input.y()));
    }

    /** A point of the image in the input's pixels; it may lie outside the input. */
    public Point toInput(Point point) {
        return new Point((float) inputX(point.x()), (float) inputY(point.y()));
    }

    /** A box of the input in the image's pixels, clipped to the image; empty when it lies wholly in the border. */
    public Box toImage(Box box) {
        return new Box((float) imageX(box.x1()), (float) imageY(box.y1()), (float) imageX(box.x2()), (float)
                        imageY(box.y2()))
                .within(image.box());
    }

    /** A box of the image in the input's pixels, clipped to the input; empty when a crop cuts it off. */
    public Box toInput(Box box) {
        return new Box((float) inputX(box.x1()), (float) inputY(box.y1()), (float) inputX(box.x2()), (float)
                        inputY(box.y2()))
                .within(new Box(0, 0, input.width(), input.height()));
    }

    /** The part of the image that the network sees, in the image's pixels: all of it unless a crop cuts. */
    public Box seen() {
        return toImage(new Box(0, 0, input.width(), input.height()));
    }

    /** A column coordinate of the image in the input's pixels. */
    public double inputX(double imageX) {
        return imageX * scaleX + offsetX;
    }

    /** A row coordinate of the image in the input's pixels. */
    public double inputY(double imageY) {
        return imageY * scaleY + offsetY;
    }

    /** A column coordinate of the input in the image's pixels. */
    public double imageX(double inputX) {
        return (inputX - offsetX) / scaleX;
    }

    /** A row coordinate of the input in the image's pixels. */
    public double imageY(double inputY) {
        return (inputY - offsetY) / scaleY;
    }
}
