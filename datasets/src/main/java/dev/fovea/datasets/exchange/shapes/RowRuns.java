package dev.fovea.datasets.exchange.shapes;

import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import java.util.ArrayList;
import java.util.List;

/** Masks as bytes row by row, and as run lengths of the rows of a box in the image, background first. Pure. */
public final class RowRuns {

    private RowRuns() {}

    /** A mask from runs in a box; {@code IllegalArgumentException} when they do not fill it or it leaves the image. */
    public static MaskShape mask(ImageSize size, int left, int top, int width, int height, List<Integer> runs) {
        long pixels = runs.stream().mapToLong(Integer::longValue).sum();
        boolean isInside = left >= 0
                && top >= 0
                && width >= 0
                && height >= 0
                && left + (long) width <= size.width()
                && top + (long) height <= size.height();
        if (!isInside || pixels > (long) width * height || runs.stream().anyMatch(run -> run < 0)) {
            throw new IllegalArgumentException("runs of %d pixels in a box of %d×%d at (%d, %d) of an image of %d×%d"
                    .formatted(pixels, width, height, left, top, size.width(), size.height()));
        }
        boolean[] rows = new boolean[size.width() * size.height()];
        int at = 0;
        boolean isObject = false;
        for (int run : runs) {
            for (int i = 0; i < run; i++, at++) {
                rows[(top + at / width) * size.width() + left + at % width] = isObject;
            }
            isObject = !isObject;
        }
        return MaskShape.of(mask(size, rows));
    }

    /** A mask of pixels row by row. */
    public static Mask mask(ImageSize size, boolean[] rows) {
        MaskBuilder builder = new MaskBuilder(size);
        for (int x = 0; x < size.width(); x++) {
            int from = -1;
            for (int y = 0; y <= size.height(); y++) {
                boolean isObject = y < size.height() && rows[y * size.width() + x];
                if (isObject && from < 0) {
                    from = y;
                } else if (!isObject && from >= 0) {
                    builder.add(x * size.height() + from, y - from);
                    from = -1;
                }
            }
        }
        return builder.build();
    }

    /** The pixels of a mask row by row. */
    public static boolean[] rows(Mask mask) {
        int width = mask.size().width();
        int height = mask.size().height();
        boolean[] rows = new boolean[width * height];
        int at = 0;
        int[] runs = mask.runs();
        for (int i = 0; i < runs.length; i++) {
            for (int k = 0; k < runs[i]; k++, at++) {
                rows[at % height * width + at / height] = i % 2 == 1;
            }
        }
        return rows;
    }

    /** The runs of the rows in a box of whole pixels, background first. */
    public static List<Integer> runs(Mask mask, Box box) {
        boolean[] rows = rows(mask);
        List<Integer> runs = new ArrayList<>();
        boolean isObject = false;
        int run = 0;
        for (int y = (int) box.y1(); y < (int) box.y2(); y++) {
            for (int x = (int) box.x1(); x < (int) box.x2(); x++) {
                if (rows[y * mask.size().width() + x] != isObject) {
                    runs.add(run);
                    run = 0;
                    isObject = !isObject;
                }
                run++;
            }
        }
        runs.add(run);
        return runs;
    }
}
