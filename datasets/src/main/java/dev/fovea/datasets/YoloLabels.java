package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A label file as YOLO tools write it: a line per thing, {@code class cx cy w h}, or {@code class x1 y1 x2 y2 x3 y3 …}
 * for an outline, of which the box is the extent; in shares of the upright picture. Source: Ultralytics, Detect and
 * Segment dataset formats. Every error is {@code DATASET_INVALID} and names file and line.
 */
public final class YoloLabels {

    private static final int BOX_FIELDS = 5;
    private static final int LEAST_OUTLINE_FIELDS = 7;

    private final Path file;
    private final PictureSize size;
    private final int classes;

    private YoloLabels(Path file, PictureSize size, int classes) {
        this.file = file;
        this.size = size;
        this.classes = classes;
    }

    /**
     * Reads one file; empty lines are passed over.
     *
     * @param size of the picture after its EXIF orientation
     * @param classes how many there are; labels are 0 to one less
     */
    public static List<LabelledBox> read(Path file, PictureSize size, int classes) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The label file %s cannot be read as text. Check its permissions and that it is UTF-8."
                            .formatted(file),
                    e);
        }
        YoloLabels labels = new YoloLabels(file, size, classes);
        List<LabelledBox> boxes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                boxes.add(labels.box(line.split("\\s+"), i + 1));
            }
        }
        return boxes;
    }

    private LabelledBox box(String[] fields, int line) {
        boolean outline = fields.length >= LEAST_OUTLINE_FIELDS && fields.length % 2 == 1;
        if (fields.length != BOX_FIELDS && !outline) {
            throw invalid(
                    line,
                    "has %d fields; it must be \"class cx cy w h\" or \"class x1 y1 x2 y2 x3 y3 …\""
                            .formatted(fields.length));
        }
        int label = label(fields[0], line);
        double[] shares = new double[fields.length - 1];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = share(fields[i + 1], line);
        }
        Box box = outline ? extent(shares) : around(shares);
        if (box.isEmpty()) {
            throw invalid(line, "is a box without extent");
        }
        return new LabelledBox(label, box);
    }

    private Box around(double[] shares) {
        return Box.around(
                        shares[0] * size.width(),
                        shares[1] * size.height(),
                        shares[2] * size.width(),
                        shares[3] * size.height())
                // six digits after the point push edges past the picture's
                .within(size.box());
    }

    private Box extent(double[] shares) {
        double[] edges = {1, 1, 0, 0};
        for (int i = 0; i < shares.length; i += 2) {
            edges[0] = Math.min(edges[0], shares[i]);
            edges[1] = Math.min(edges[1], shares[i + 1]);
            edges[2] = Math.max(edges[2], shares[i]);
            edges[3] = Math.max(edges[3], shares[i + 1]);
        }
        return new Box(
                (float) (edges[0] * size.width()),
                (float) (edges[1] * size.height()),
                (float) (edges[2] * size.width()),
                (float) (edges[3] * size.height()));
    }

    private int label(String text, int line) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) >= classes) {
            throw invalid(line, "begins with \"%s\"; it must be a class from 0 to %d".formatted(text, classes - 1));
        }
        return Integer.parseInt(text);
    }

    private double share(String text, int line) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new FoveaException(ErrorCode.DATASET_INVALID, message(line, notAShare(text)), e);
        }
        throw invalid(line, notAShare(text));
    }

    private static String notAShare(String text) {
        return "holds \"%s\"; it must be a share of the picture from 0 to 1".formatted(text);
    }

    private FoveaException invalid(int line, String what) {
        return FolderReader.invalid(message(line, what));
    }

    private String message(int line, String what) {
        return "Line %d of %s %s. Correct the label file.".formatted(line, file, what);
    }
}
