package dev.fovea.imaging;

/** Where a resize puts the pixels: sizes and offsets, rounded as torchvision and the letterbox of YOLO do. */
public final class Geometry {

    private Geometry() {}

    /** The size of the resized image, for letterbox without its border. */
    public static Size resized(Resize resize, int height, int width) {
        return switch (resize) {
            case Resize.Stretch stretch -> stretch.size();
            case Resize.ShortestEdge edge -> shortestEdge(edge, height, width);
            case Resize.Letterbox box -> inside(box.size(), height, width);
        };
    }

    /** The border before the image in a centred letterbox; the border after it is the rest. */
    public static int borderBefore(int frame, int image) {
        return (int) Math.rint((frame - image) / 2.0 - 0.1);
    }

    private static Size shortestEdge(Resize.ShortestEdge resize, int height, int width) {
        double longer = (double) resize.edge() * Math.max(height, width) / Math.min(height, width);
        int bounded = Math.min(resize.longEdge().of(longer), Size.MAX_EDGE);
        return height <= width ? new Size(resize.edge(), bounded) : new Size(bounded, resize.edge());
    }

    private static Size inside(Size frame, int height, int width) {
        double ratio = Math.min((double) frame.height() / height, (double) frame.width() / width);
        int h = (int) Math.rint(height * ratio);
        int w = (int) Math.rint(width * ratio);
        return new Size(Math.clamp(h, 1, frame.height()), Math.clamp(w, 1, frame.width()));
    }
}
