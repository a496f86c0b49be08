package dev.fovea.imaging;

import dev.fovea.imaging.Contract.DecodeMode;

/**
 * Where a picture lies in the network's input: the affine map that a contract's resize and crop make, with the sizes
 * and offsets of {@link Geometry}, so that what the network finds can be said in the picture's own pixels. Coordinates
 * are continuous (see {@link Box}); {@code input = picture * scale + offset} on each axis. Source of the convention:
 * both Pillow and OpenCV sample at pixel centres, so the edges of the two pictures coincide.
 *
 * @param picture the upright picture at full size
 * @param input what the network sees
 * @param scaleX input pixels per picture pixel, positive
 * @param scaleY the same downwards
 * @param offsetX where the picture's left edge lies in the input, pixels; negative where a crop cuts it off
 * @param offsetY the same for its upper edge
 */
public record Placement(PictureSize picture, Size input, double scaleX, double scaleY, double offsetX, double offsetY) {

    public Placement {
        if (!(scaleX > 0 && scaleY > 0) || !Double.isFinite(offsetX) || !Double.isFinite(offsetY)) {
            throw new IllegalArgumentException(
                    "a placement of scale (%s, %s) and offset (%s, %s)".formatted(scaleX, scaleY, offsetX, offsetY));
        }
    }

    /** Where a contract puts the picture with that header, a JPEG decoded at a fraction of its size included. */
    public static Placement of(Contract contract, PictureHeader header) {
        PictureSize picture = PictureSize.of(header, contract.orientation());
        return of(contract, picture, decoded(contract, header.format(), picture));
    }

    /** Where a contract puts a picture that was decoded in full. */
    public static Placement of(Contract contract, PictureSize picture) {
        return of(contract, picture, picture);
    }

    /** The network's input taken as the picture itself: coordinates stay what they are. */
    public static Placement identity(Size input) {
        return new Placement(new PictureSize(input.width(), input.height()), input, 1, 1, 0, 0);
    }

    private static Placement of(Contract contract, PictureSize picture, PictureSize decoded) {
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
        return new Placement(
                picture,
                contract.outputSize(),
                (double) resized.width() / picture.width(),
                (double) resized.height() / picture.height(),
                left,
                top);
    }

    /** The size that the decoder gives, which libjpeg rounds up. */
    private static PictureSize decoded(Contract contract, PictureFormat format, PictureSize picture) {
        if (contract.decode() != DecodeMode.FAST || format != PictureFormat.JPEG) {
            return picture;
        }
        int denominator = ScaledDecode.denominator(
                picture.width(),
                picture.height(),
                Geometry.resized(contract.resize(), picture.height(), picture.width()));
        return new PictureSize(Math.ceilDiv(picture.width(), denominator), Math.ceilDiv(picture.height(), denominator));
    }

    /** A point of the input in the picture's pixels; it may lie outside the picture. */
    public Point toPicture(Point input) {
        return new Point((float) pictureX(input.x()), (float) pictureY(input.y()));
    }

    /** A point of the picture in the input's pixels; it may lie outside the input. */
    public Point toInput(Point point) {
        return new Point((float) inputX(point.x()), (float) inputY(point.y()));
    }

    /** A box of the input in the picture's pixels, clipped to the picture; empty when it lies wholly in the border. */
    public Box toPicture(Box box) {
        return new Box((float) pictureX(box.x1()), (float) pictureY(box.y1()), (float) pictureX(box.x2()), (float)
                        pictureY(box.y2()))
                .within(picture.box());
    }

    /** A box of the picture in the input's pixels, clipped to the input; empty when a crop cuts it off. */
    public Box toInput(Box box) {
        return new Box((float) inputX(box.x1()), (float) inputY(box.y1()), (float) inputX(box.x2()), (float)
                        inputY(box.y2()))
                .within(new Box(0, 0, input.width(), input.height()));
    }

    /** The part of the picture that the network sees, in the picture's pixels: all of it unless a crop cuts. */
    public Box seen() {
        return toPicture(new Box(0, 0, input.width(), input.height()));
    }

    /** A column coordinate of the picture in the input's pixels. */
    public double inputX(double pictureX) {
        return pictureX * scaleX + offsetX;
    }

    /** A row coordinate of the picture in the input's pixels. */
    public double inputY(double pictureY) {
        return pictureY * scaleY + offsetY;
    }

    /** A column coordinate of the input in the picture's pixels. */
    public double pictureX(double inputX) {
        return (inputX - offsetX) / scaleX;
    }

    /** A row coordinate of the input in the picture's pixels. */
    public double pictureY(double inputY) {
        return (inputY - offsetY) / scaleY;
    }
}
