package dev.fovea.imaging;

/**
 * An axis-aligned rectangle in continuous pixel coordinates: the pixel in column {@code i} covers {@code i} to {@code i
 * + 1}. A whole image is {@code (0, 0, width, height)}.
 *
 * @param x1 left edge, pixels
 * @param y1 upper edge, pixels
 * @param x2 right edge, pixels, at least {@code x1}
 * @param y2 lower edge, pixels, at least {@code y1}
 */
public record Box(float x1, float y1, float x2, float y2) {

    public Box {
        if (!(x1 <= x2 && y1 <= y2) || Float.isInfinite(x2 - x1) || Float.isInfinite(y2 - y1)) {
            throw new IllegalArgumentException("box (%s, %s, %s, %s) is no rectangle".formatted(x1, y1, x2, y2));
        }
    }

    /** The box of that size around a centre; both edges not negative. */
    public static Box around(double centerX, double centerY, double width, double height) {
        return new Box(
                (float) (centerX - width / 2), (float) (centerY - height / 2), (float) (centerX + width / 2), (float)
                        (centerY + height / 2));
    }

    /** Pixels, not negative. */
    public double width() {
        return (double) x2 - x1;
    }

    /** Pixels, not negative. */
    public double height() {
        return (double) y2 - y1;
    }

    /** Square pixels. */
    public double area() {
        return width() * height();
    }

    /** Whether it covers nothing. */
    public boolean isEmpty() {
        return area() == 0;
    }

    /** The part of it inside another box; an empty box on that one's edge when they do not overlap. */
    public Box within(Box frame) {
        return new Box(
                Math.clamp(x1, frame.x1, frame.x2),
                Math.clamp(y1, frame.y1, frame.y2),
                Math.clamp(x2, frame.x1, frame.x2),
                Math.clamp(y2, frame.y1, frame.y2));
    }

    /**
     * Intersection over union (the Jaccard index of the two areas), 0 to 1; 0 when both are empty. Source: Everingham
     * et al., The Pascal Visual Object Classes Challenge, IJCV 2010, eq. 3.
     */
    public double overlap(Box other) {
        double width = Math.min(x2, other.x2) - (double) Math.max(x1, other.x1);
        double height = Math.min(y2, other.y2) - (double) Math.max(y1, other.y1);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double both = width * height;
        return both / (area() + other.area() - both);
    }
}
