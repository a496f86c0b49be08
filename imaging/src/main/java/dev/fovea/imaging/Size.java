package dev.fovea.imaging;

/** A size in pixels; both positive. */
public record Size(int height, int width) {

    /** The largest edge a contract may ask for. */
    public static final int MAX_EDGE = 8192;

    public Size {
        PreprocessingContract.require(
                height > 0 && width > 0 && height <= MAX_EDGE && width <= MAX_EDGE,
                "size [%d, %d] is outside 1..%d".formatted(height, width, MAX_EDGE));
    }

    /** A square. */
    public static Size square(int edge) {
        return new Size(edge, edge);
    }

    /** Number of pixels. */
    public long area() {
        return (long) height * width;
    }

    @Override
    public String toString() {
        return "[" + height + ", " + width + "]";
    }
}
