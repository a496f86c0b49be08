package dev.fovea.datasets.formats;

import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A YOLO label file: a line per object, {@code class cx cy w h}, or {@code class x1 y1 x2 y2 x3 y3 …} for an outline,
 * whose bounding box is used. Coordinates are fractions of the upright image. Source: Ultralytics, Detect, Segment and
 * Pose dataset formats; coordinates up to 1 % outside are accepted, as in its {@code verify_image_label}. Every error
 * is {@code DATASET_INVALID} and names file and line.
 */
public final class YoloLabels {

    private static final int BOX_FIELDS = 5;
    private static final int MIN_OUTLINE_FIELDS = 7;
    private static final double TOLERANCE = 0.01;

    private final Path file;
    private final List<String> names;
    private final boolean pose;

    /**
     * A reader of one file.
     *
     * @param names of the classes; empty where they are not known
     * @param pose whether key points follow the box
     */
    YoloLabels(Path file, List<String> names, boolean pose) {
        this.file = file;
        this.names = names;
        this.pose = pose;
    }

    /** Reads it; empty lines are passed over. */
    List<Stated> read() {
        List<String> lines = lines(file);
        List<Stated> boxes = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                boxes.add(box(line.split("\\s+"), i + 1));
            }
        }
        return boxes;
    }

    /** The lines of a text file in UTF-8, without a byte order mark. */
    public static List<String> lines(Path file) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.getFirst().startsWith("\uFEFF")) {
                lines.set(0, lines.getFirst().substring(1));
            }
            return lines;
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The label file %s cannot be read as text. Check its permissions and that it is UTF-8."
                            .formatted(file),
                    e);
        }
    }

    /**
     * Whether a line may be one of a label file.
     *
     * @param bounded whether coordinates must be shares, or may be any numbers, as those of wrong files are
     */
    static boolean fits(String line, boolean bounded) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length < BOX_FIELDS || !fields[0].matches("\\d{1,6}")) {
            return false;
        }
        for (int i = 1; i < fields.length; i++) {
            if (!fields[i].matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE]-?\\d+)?|[-+]?(NaN|nan|inf|Infinity)")
                    || (bounded && !(number(fields[i]) <= 2))) {
                return false;
            }
        }
        return true;
    }

    /** A number as Java, Python and C write it; {@code NaN} for anything else. */
    public static double number(String text) {
        try {
            return Double.parseDouble(text.replaceFirst("inf$", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Stated box(String[] fields, int line) {
        boolean outline = !pose && fields.length >= MIN_OUTLINE_FIELDS && fields.length % 2 == 1;
        if (fields.length != BOX_FIELDS && !outline && !(pose && fields.length > BOX_FIELDS)) {
            throw invalid(
                    line,
                    "has %d fields; it must be \"class cx cy w h\" or \"class x1 y1 x2 y2 x3 y3 …\""
                            .formatted(fields.length));
        }
        double[] shares = new double[outline ? fields.length - 1 : BOX_FIELDS - 1];
        String category = category(fields[0], line);
        for (int i = 0; i < shares.length; i++) {
            shares[i] = share(fields[i + 1], line);
        }
        return outline ? extent(category, shares, line) : around(category, shares, line);
    }

    private Stated around(String category, double[] shares, int line) {
        double halfWidth = shares[2] / 2;
        double halfHeight = shares[3] / 2;
        return new Stated(
                category,
                shares[0] - halfWidth,
                shares[1] - halfHeight,
                shares[0] + halfWidth,
                shares[1] + halfHeight,
                where(line));
    }

    private Stated extent(String category, double[] shares, int line) {
        double[] edges = {2, 2, -2, -2};
        for (int i = 0; i < shares.length; i += 2) {
            edges[0] = Math.min(edges[0], shares[i]);
            edges[1] = Math.min(edges[1], shares[i + 1]);
            edges[2] = Math.max(edges[2], shares[i]);
            edges[3] = Math.max(edges[3], shares[i + 1]);
        }
        return new Stated(category, edges[0], edges[1], edges[2], edges[3], where(line));
    }

    private String category(String text, int line) {
        if (!text.matches("\\d{1,6}")) {
            throw invalid(line, "begins with \"%s\"; it must be a class number from 0".formatted(text));
        }
        int number = Integer.parseInt(text);
        if (names.isEmpty()) {
            return Integer.toString(number);
        }
        if (number >= names.size()) {
            throw invalid(
                    line, "begins with \"%s\"; it must be a class from 0 to %d".formatted(text, names.size() - 1));
        }
        return names.get(number);
    }

    private double share(String text, int line) {
        try {
            double share = Double.parseDouble(text);
            if (share >= -TOLERANCE && share <= 1 + TOLERANCE) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new FoveaException(ErrorCode.DATASET_INVALID, message(line, notAShare(text)), e);
        }
        throw invalid(line, notAShare(text));
    }

    private static String notAShare(String text) {
        return "contains \"%s\"; it must be a fraction of the image from 0 to 1".formatted(text);
    }

    private FoveaException invalid(int line, String what) {
        return BoxFitting.invalid(message(line, what));
    }

    private String message(int line, String what) {
        return "%s %s. Correct the label file.".formatted(where(line), what);
    }

    private String where(int line) {
        return "Line %d of %s".formatted(line, file);
    }
}
