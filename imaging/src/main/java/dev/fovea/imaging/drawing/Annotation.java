package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import dev.fovea.imaging.preprocess.Transparency;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Draws predictions on a copy of an image: translucent masks, lines around things, and captions. Lines and text grow
 * with the image. Captions are in the system's fonts; on a machine without any they are in ASCII, with question marks
 * for the rest. Thread-safe.
 */
public final class Annotation {

    private static final double VEIL = 0.42;
    private static final int LONGEST_CAPTION = 60;

    private final Lettering lettering;

    /** Finds the machine's fonts. */
    public Annotation() {
        this(Lettering.ofThisMachine());
    }

    Annotation(Lettering lettering) {
        this.lettering = lettering;
    }

    /**
     * A new image of three channels with the marks on it; the caller closes it. The source image is not changed;
     * transparent areas become white. {@code IllegalArgumentException} for a mask of another size.
     *
     * @param marks the most important first: it is drawn last, and its caption is placed first
     */
    public Image draw(Image image, List<Mark> marks) {
        Mat pixels = copy(image.mat());
        try {
            draw(pixels, ImageSize.of(image), marks.reversed());
            return new Image(pixels);
        } catch (RuntimeException e) {
            pixels.close();
            throw e;
        }
    }

    private void draw(Mat pixels, ImageSize size, List<Mark> lastIsBest) {
        MarkBrush brush = new MarkBrush(pixels);
        double edge = Math.sqrt((double) size.width() * size.height());
        int line = Math.max(2, (int) Math.rint(edge / 260));
        for (Mark mark : lastIsBest) {
            cover(brush, size, mark);
        }
        for (Mark mark : lastIsBest) {
            outline(brush, size, mark, line);
        }
        List<Caption> captions = captions(size, lastIsBest.reversed(), Math.max(12, (int) Math.rint(edge / 42)));
        captions.reversed().forEach(caption -> caption.draw(brush));
    }

    private static Mat copy(Mat mat) {
        if (mat.channels() == 4) {
            return Transparency.settle(mat, Alpha.WHITE);
        }
        Mat copy = new Mat();
        if (mat.channels() == 1) {
            opencv_imgproc.cvtColor(mat, copy, opencv_imgproc.COLOR_GRAY2BGR);
        } else {
            mat.copyTo(copy);
        }
        return copy;
    }

    private static void cover(MarkBrush brush, ImageSize size, Mark mark) {
        switch (mark) {
            case Mark.Boxed boxed -> boxed.mask().ifPresent(mask -> veil(brush, size, mask, boxed.name()));
            case Mark.Covered covered -> veil(brush, size, covered.mask(), covered.name());
            case Mark.Outlined(String name, String ignored, Polygon outline) ->
                veil(brush, size, Mask.ofPolygons(size, List.of(outline)), name);
        }
    }

    private static void veil(MarkBrush brush, ImageSize size, Mask mask, String name) {
        if (!mask.size().equals(size)) {
            throw new IllegalArgumentException("%s for an image of %s".formatted(mask, size));
        }
        brush.veil(mask, MarkColor.of(name), VEIL);
    }

    private static void outline(MarkBrush brush, ImageSize size, Mark mark, int line) {
        MarkColor color = MarkColor.of(mark.name());
        switch (mark) {
            case Mark.Boxed(String ignored, String ignored2, Box box, var mask) -> {
                mask.ifPresent(known -> edges(brush, known, color, Math.max(1, line / 2)));
                int fitting = Math.clamp((int) (Math.min(box.width(), box.height()) / 8), 1, line);
                rimmed(brush, corners(box, size, fitting), color, fitting);
            }
            case Mark.Outlined outlined -> rimmed(brush, outlined.outline().points(), color, line);
            case Mark.Covered covered -> edges(brush, covered.mask(), color, Math.max(1, line / 2));
        }
    }

    private static void edges(MarkBrush brush, Mask mask, MarkColor color, int line) {
        mask.outlines().forEach(outline -> brush.line(outline.points(), color, line));
    }

    private static void rimmed(MarkBrush brush, List<Point> points, MarkColor color, int line) {
        brush.line(points, MarkColor.INK, line + 2 * Math.max(1, line / 3));
        brush.line(points, color, line);
    }

    /** Half a line further in where the box ends at the image's edge, so that the line shows whole. */
    private static List<Point> corners(Box box, ImageSize size, int line) {
        float half = Math.min(line / 2f, Math.min(size.width(), size.height()) / 2f);
        Box inner = box.within(new Box(half, half, size.width() - half, size.height() - half));
        return List.of(
                new Point(inner.x1(), inner.y1()),
                new Point(inner.x2(), inner.y1()),
                new Point(inner.x2(), inner.y2()),
                new Point(inner.x1(), inner.y2()));
    }

    /** A caption where it belongs. */
    private record Caption(Lettering.Stencil text, Box place, int padding, MarkColor color) {
        void draw(MarkBrush brush) {
            int left = (int) place.x1();
            int top = (int) place.y1();
            brush.fill(left, top, (int) place.width(), (int) place.height(), color);
            brush.print(text, left + padding, top + padding / 3, color.ink());
        }
    }

    private List<Caption> captions(ImageSize size, List<Mark> bestFirst, int textSize) {
        CaptionPlaces places = new CaptionPlaces(size);
        int padding = Math.max(3, textSize / 3);
        List<Caption> captions = new ArrayList<>();
        for (Mark mark : bestFirst) {
            if (!mark.caption().isBlank()) {
                Lettering.Stencil text = lettering.write(shown(mark.caption()), textSize);
                Box place = places.place(thing(mark), text.width() + 2 * padding, text.height() + 2 * (padding / 3));
                captions.add(new Caption(text, place, padding, MarkColor.of(mark.name())));
            }
        }
        return captions;
    }

    private static String shown(String caption) {
        String line = caption.replaceAll("\\p{Cntrl}", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_CAPTION
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_CAPTION - 1)) + "…";
    }

    private static Box thing(Mark mark) {
        return switch (mark) {
            case Mark.Boxed boxed -> boxed.box();
            case Mark.Outlined outlined -> outlined.outline().extent();
            case Mark.Covered covered -> inside(covered.mask());
        };
    }

    /** The middle of the longest upright run of pixels, so that a caption stands on what it names. */
    private static Box inside(Mask mask) {
        int height = mask.size().height();
        int[] runs = mask.runs();
        int at = 0;
        int longest = 0;
        int middle = 0;
        for (int i = 0; i < runs.length; at += runs[i++]) {
            for (int from = at; i % 2 == 1 && from < at + runs[i]; from = (from / height + 1) * height) {
                int length = Math.min(at + runs[i], (from / height + 1) * height) - from;
                if (length > longest) {
                    longest = length;
                    middle = from + length / 2;
                }
            }
        }
        int x = middle / height;
        int y = middle % height;
        return new Box(x, y, x, y);
    }
}
