package dev.fovea.imaging;

/** Where a resize puts the pixels: sizes and offsets, rounded as torchvision and the letterbox of YOLO do. */
final class Geometry {

    private Geometry() {}

    /** The size of the resized picture, for letterbox without its border. */
    static Size resized(Resize resize, int height, int width) {
        return switch (resize) {
            case Resize.Stretch stretch -> stretch.size();
            case Resize.ShortestEdge edge -> shortestEdge(edge.edge(), height, width);
            case Resize.Letterbox box -> inside(box.size(), height, width);
        };
    }

    /** The start of a centred crop: (whole − crop) / 2, halves to the even neighbour. */
    static int centred(int whole, int crop) {
        return (int) Math.rint((whole - crop) / 2.0);
    }

    /** The border before the picture in a centred letterbox; the border after it is the rest. */
    static int borderBefore(int frame, int picture) {
        return (int) Math.rint((frame - picture) / 2.0 - 0.1);
    }

    private static Size shortestEdge(int edge, int height, int width) {
        int longer = (int) ((long) edge * Math.max(height, width) / Math.min(height, width));
        int bounded = Math.min(longer, Size.MAX_EDGE);
        return height <= width ? new Size(edge, bounded) : new Size(bounded, edge);
    }

    private static Size inside(Size frame, int height, int width) {
        double ratio = Math.min((double) frame.height() / height, (double) frame.width() / width);
        int h = (int) Math.rint(height * ratio);
        int w = (int) Math.rint(width * ratio);
        return new Size(Math.clamp(h, 1, frame.height()), Math.clamp(w, 1, frame.width()));
    }
}
