package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Point;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Follows the edges between the pixels of a mask and the rest, with the mask on the right hand. Every closed outline
 * runs along the top of some pixel, so that all are found by starting at every top edge not yet passed.
 */
final class Outlines {

    /** East, south, west, north. */
    private static final int[] STEP_X = {1, 0, -1, 0};

    private static final int[] STEP_Y = {0, 1, 0, -1};

    /** From a corner, the pixel ahead on the right hand for each direction; on the left is that of the one before. */
    private static final int[] RIGHT_X = {0, -1, -1, 0};

    private static final int[] RIGHT_Y = {0, 0, -1, -1};

    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final BitSet pixels;
    private final BitSet passed = new BitSet();

    private Outlines(Mask mask, Box extent) {
        this.left = (int) extent.x1();
        this.top = (int) extent.y1();
        this.width = (int) extent.width();
        this.height = (int) extent.height();
        this.pixels = new BitSet(width * height);
        copy(mask);
    }

    static List<Polygon> of(Mask mask) {
        Box extent = mask.extent();
        return extent.isEmpty() ? List.of() : new Outlines(mask, extent).all();
    }

    private void copy(Mask mask) {
        int whole = mask.size().height();
        int[] runs = mask.runs();
        int at = 0;
        for (int i = 0; i < runs.length; at += runs[i++]) {
            if (i % 2 == 0) {
                continue;
            }
            int end = at + runs[i];
            for (int from = at; from < end; from = (from / whole + 1) * whole) {
                int column = (from / whole - left) * height;
                int to = Math.min(end, (from / whole + 1) * whole);
                pixels.set(column + from % whole - top, column + (to - 1) % whole - top + 1);
            }
        }
    }

    private List<Polygon> all() {
        List<Polygon> outlines = new ArrayList<>();
        for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
            boolean edge = i % height == 0 || !pixels.get(i - 1);
            if (edge && !passed.get(i)) {
                outlines.add(follow(i / height, i % height));
            }
        }
        return outlines;
    }

    /** Follows the outline that runs east along the top of a pixel. */
    private Polygon follow(int startX, int startY) {
        List<Point> corners = new ArrayList<>();
        int x = startX;
        int y = startY;
        int direction = 0;
        do {
            if (direction == 0) {
                passed.set(x * height + y);
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            int next = turn(x, y, direction);
            if (next != direction) {
                corners.add(new Point(left + x, top + y));
            }
            direction = next;
        } while (x != startX || y != startY || direction != 0);
        return new Polygon(corners);
    }

    /** Right when nothing lies ahead on the right, left when something lies ahead on the left, else straight on. */
    private int turn(int x, int y, int direction) {
        if (!belongs(x + RIGHT_X[direction], y + RIGHT_Y[direction])) {
            return (direction + 1) % 4;
        }
        int before = (direction + 3) % 4;
        return belongs(x + RIGHT_X[before], y + RIGHT_Y[before]) ? before : direction;
    }

    private boolean belongs(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height && pixels.get(x * height + y);
    }
}
