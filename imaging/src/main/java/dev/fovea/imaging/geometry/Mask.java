package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import java.util.Arrays;
import java.util.List;

/**
 * A binary mask as COCO run lengths. Pixels are in column order from the left, each column from the top. Runs of
 * background and object alternate, starting with background. Source: {@code common/maskApi.c} of pycocotools.
 * Immutable.
 */
public final class Mask {

    private final ImageSize size;
    private final int[] counts;

    /** Takes ownership of canonical counts. */
    Mask(ImageSize size, int[] counts) {
        this.size = size;
        this.counts = counts;
    }

    /** A mask from run lengths; {@code IllegalArgumentException} if they do not fill the image exactly. */
    public static Mask of(ImageSize size, List<Integer> counts) {
        MaskBuilder builder = new MaskBuilder(size);
        long at = 0;
        for (int i = 0; i < counts.size(); i++) {
            int count = counts.get(i);
            if (count < 0 || at + count > (long) size.width() * size.height()) {
                throw unfilled(size, at + count);
            }
            if (i % 2 == 1) {
                builder.add((int) at, count);
            }
            at += count;
        }
        if (at != (long) size.width() * size.height()) {
            throw unfilled(size, at);
        }
        return builder.build();
    }

    /** A mask from COCO's compressed text. */
    public static Mask ofCompressed(ImageSize size, String text) {
        return of(size, RunLengthText.read(text));
    }

    /** The pixels whose centres lie inside an odd number of the polygons, so that a polygon in another is a hole. */
    public static Mask ofPolygons(ImageSize size, List<Polygon> polygons) {
        return PolygonFill.fill(size, polygons);
    }

    private static IllegalArgumentException unfilled(ImageSize size, long pixels) {
        return new IllegalArgumentException(
                "run lengths of %d pixels for an image of %d×%d".formatted(pixels, size.width(), size.height()));
    }

    /** The image's size. */
    public ImageSize size() {
        return size;
    }

    /** Run lengths, "not" first. */
    public List<Integer> counts() {
        return Arrays.stream(counts).boxed().toList();
    }

    /** COCO's compressed text of the run lengths. */
    public String compressed() {
        return RunLengthText.write(counts);
    }

    /** Number of pixels that belong to it. */
    public int area() {
        int area = 0;
        for (int i = 1; i < counts.length; i += 2) {
            area += counts[i];
        }
        return area;
    }

    /** Whether the pixel belongs to it. */
    public boolean at(int x, int y) {
        long left = (long) x * size.height() + y;
        int run = 0;
        while (left >= counts[run]) {
            left -= counts[run++];
        }
        return run % 2 == 1;
    }

    /** The pixels of both; the sizes must be the same. */
    public Mask and(Mask other) {
        return MaskMerge.merge(this, other, true);
    }

    /** The pixels of either; the sizes must be the same. */
    public Mask or(Mask other) {
        return MaskMerge.merge(this, other, false);
    }

    /** The same pixels in an image of another size; those outside it are left out. */
    public Mask on(ImageSize other) {
        if (other.equals(size)) {
            return this;
        }
        MaskBuilder builder = new MaskBuilder(other);
        int start = 0;
        for (int i = 0; i < counts.length; start += counts[i++]) {
            int end = i % 2 == 1 ? start + counts[i] : start;
            for (int at = start; at < end; ) {
                int column = at / size.height();
                int next = Math.min(end, (column + 1) * size.height());
                int top = at % size.height();
                int pixels = Math.min(other.height(), top + next - at) - top;
                if (column < other.width() && pixels > 0) {
                    builder.add(column * other.height() + top, pixels);
                }
                at = next;
            }
        }
        return builder.build();
    }

    /** Intersection over union, 0 to 1; 0 when both are empty. */
    public double overlap(Mask other) {
        long both = and(other).area();
        long either = (long) area() + other.area() - both;
        return either == 0 ? 0 : (double) both / either;
    }

    /** The upright box around its pixels; empty at the origin when it has none. */
    public Box extent() {
        int height = size.height();
        int x1 = size.width();
        int y1 = height;
        int x2 = 0;
        int y2 = 0;
        int at = 0;
        for (int i = 0; i < counts.length; at += counts[i++]) {
            if (i % 2 == 0 || counts[i] == 0) {
                continue;
            }
            int last = at + counts[i] - 1;
            boolean oneColumn = at / height == last / height;
            x1 = Math.min(x1, at / height);
            x2 = Math.max(x2, last / height + 1);
            y1 = Math.min(y1, oneColumn ? at % height : 0);
            y2 = Math.max(y2, oneColumn ? last % height + 1 : height);
        }
        return x2 == 0 ? new Box(0, 0, 0, 0) : new Box(x1, y1, x2, y2);
    }

    /**
     * The outlines along the pixels' edges, so that {@link #ofPolygons} gives the same mask back: outer ones clockwise
     * on the screen, holes counter-clockwise. Pixels that touch only at a corner have outlines of their own.
     */
    public List<Polygon> outlines() {
        return Outlines.of(this);
    }

    /** The run lengths themselves; not to be changed. */
    public int[] runs() {
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask that && size.equals(that.size) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * size.hashCode() + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "mask of %d pixels in %d×%d".formatted(area(), size.width(), size.height());
    }
}
