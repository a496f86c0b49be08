package dev.fovea.training.detection;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import java.util.random.RandomGenerator;

/**
 * Where an image goes in a scene: turned or mirrored, scaled, and moved. The part of the input that holds the image is
 * taken; the border is not.
 *
 * @param content of the source, where the image lies in it, pixels
 * @param symmetry one of the eight ways to lay a square onto itself: bit 0 mirrors, bit 1 flips, bit 2 transposes first
 * @param scale pixels of the scene per pixel of the source
 * @param left where the image's left edge goes, pixels of the scene
 * @param top where its upper edge goes
 */
record Placement(Box content, int symmetry, double scale, double left, double top) {

    private static final int MIRRORED = 1;
    private static final int FLIPPED = 2;
    private static final int TRANSPOSED = 4;

    /** A random symmetry: left and right may be exchanged, or the image may be turned by any quarter as well. */
    static int symmetry(boolean quarterTurns, RandomGenerator random) {
        return random.nextInt(quarterTurns ? 8 : 2);
    }

    /** Pixels of the scene that the image is wide. */
    double width() {
        return scale * turnedWidth();
    }

    /** Pixels of the scene that the image is high. */
    double height() {
        return scale * turnedHeight();
    }

    private double turnedWidth() {
        return isTransposed() ? content.height() : content.width();
    }

    private double turnedHeight() {
        return isTransposed() ? content.width() : content.height();
    }

    private boolean isTransposed() {
        return (symmetry & TRANSPOSED) != 0;
    }

    /** The same moved to another place. */
    Placement at(double newLeft, double newTop) {
        return new Placement(content, symmetry, scale, newLeft, newTop);
    }

    /** Where a box of the source goes. */
    Box toScene(Box box) {
        double x1 = box.x1() - content.x1();
        double x2 = box.x2() - content.x1();
        double y1 = box.y1() - content.y1();
        double y2 = box.y2() - content.y1();
        if (isTransposed()) {
            double low = x1;
            double high = x2;
            x1 = y1;
            x2 = y2;
            y1 = low;
            y2 = high;
        }
        boolean mirrored = (symmetry & MIRRORED) != 0;
        boolean flipped = (symmetry & FLIPPED) != 0;
        double from = mirrored ? turnedWidth() - x2 : x1;
        double to = mirrored ? turnedWidth() - x1 : x2;
        double above = flipped ? turnedHeight() - y2 : y1;
        double below = flipped ? turnedHeight() - y1 : y2;
        return new Box(
                (float) (left + scale * from), (float) (top + scale * above), (float) (left + scale * to), (float)
                        (top + scale * below));
    }

    /**
     * Draws the image, bilinearly.
     *
     * @param source interleaved pixels of a whole input
     * @param from size of the source
     * @param target a scene that begins at {@code offset}
     * @param to size of the scene
     * @param frame the part of the scene that may be drawn to
     */
    void draw(byte[] source, Size from, byte[] target, int offset, Size to, Box frame, int channels) {
        int firstX = (int) Math.max(Math.ceil(frame.x1() - 0.5), Math.ceil(left - 0.5));
        int firstY = (int) Math.max(Math.ceil(frame.y1() - 0.5), Math.ceil(top - 0.5));
        double endX = Math.min(frame.x2(), left + width()) - 0.5;
        double endY = Math.min(frame.y2(), top + height()) - 0.5;
        for (int y = firstY; y < endY; y++) {
            int at = offset + (y * to.width() + firstX) * channels;
            for (int x = firstX; x < endX; x++, at += channels) {
                double u = (x + 0.5 - left) / scale;
                double v = (y + 0.5 - top) / scale;
                u = (symmetry & MIRRORED) != 0 ? turnedWidth() - u : u;
                v = (symmetry & FLIPPED) != 0 ? turnedHeight() - v : v;
                sample(source, from, isTransposed() ? v : u, isTransposed() ? u : v, target, at, channels);
            }
        }
    }

    /** One pixel at a place of the image; its edge pixels are all that there is beyond them. */
    private void sample(byte[] source, Size from, double x, double y, byte[] target, int at, int channels) {
        int minX = (int) content.x1();
        int minY = (int) content.y1();
        int maxX = Math.min(from.width(), (int) Math.ceil(content.x2())) - 1;
        int maxY = Math.min(from.height(), (int) Math.ceil(content.y2())) - 1;
        double placeX = Math.clamp(content.x1() + x - 0.5, minX, maxX);
        double placeY = Math.clamp(content.y1() + y - 0.5, minY, maxY);
        int column = (int) placeX;
        int row = (int) placeY;
        float right = (float) (placeX - column);
        float below = (float) (placeY - row);
        int upper = (row * from.width() + column) * channels;
        int stepX = column < maxX ? channels : 0;
        int lower = upper + (row < maxY ? from.width() * channels : 0);
        for (int c = 0; c < channels; c++) {
            float first = (source[upper + c] & 255) * (1 - right) + (source[upper + stepX + c] & 255) * right;
            float second = (source[lower + c] & 255) * (1 - right) + (source[lower + stepX + c] & 255) * right;
            target[at + c] = (byte) Math.round(first * (1 - below) + second * below);
        }
    }
}
