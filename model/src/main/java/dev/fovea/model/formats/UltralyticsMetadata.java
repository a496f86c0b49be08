package dev.fovea.model.formats;

import dev.fovea.imaging.Size;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Ultralytics' exporter leaves in a file's {@code metadata_props} (source: {@code ultralytics/engine/exporter.py}
 * and {@code yolov5/export.py}). The values are Python's way of writing dictionaries and lists.
 *
 * @param labels the class names in the order of the output, at least one
 * @param stride the largest, pixels
 * @param task {@code detect}, {@code segment}, {@code classify}, {@code pose}, {@code obb}; YOLOv5 states none
 * @param endToEnd whether overlapping boxes are dropped inside the graph, by the network or by {@code nms=True}
 * @param size of the images it was exported for, where stated
 */
public record UltralyticsMetadata(
        List<String> labels, int stride, Optional<String> task, boolean endToEnd, Optional<Size> size) {

    /** Bounded, as a regular expression that repeats a choice without bound overruns the stack. */
    private static final String QUOTED = "'((?:[^'\\\\]++|\\\\.){0,99}+)'|\"((?:[^\"\\\\]++|\\\\.){0,99}+)\"";

    private static final Pattern ENTRY = Pattern.compile("\\G\\s*(?:(\\d{1,6})\\s*:\\s*)?(?:" + QUOTED + ")\\s*(,|$)");

    private static final Pattern SIZE = Pattern.compile("\\s*\\[\\s*([1-9]\\d{0,4})\\s*,\\s*([1-9]\\d{0,4})\\s*]\\s*");

    public UltralyticsMetadata {
        labels = List.copyOf(labels);
    }

    /** Reads {@link OnnxModel#metadata}; empty unless the file states names and stride, and both can be read. */
    public static Optional<UltralyticsMetadata> of(Map<String, String> metadata) {
        String stride = metadata.getOrDefault("stride", "").strip();
        List<String> labels = names(metadata.getOrDefault("names", "").strip());
        if (labels.isEmpty() || !stride.matches("[1-9]\\d{0,5}")) {
            return Optional.empty();
        }
        return Optional.of(new UltralyticsMetadata(
                labels,
                Integer.parseInt(stride),
                Optional.ofNullable(metadata.get("task")).map(String::strip),
                metadata.getOrDefault("end2end", "False").strip().equalsIgnoreCase("true")
                        || metadata.getOrDefault("args", "").matches("(?s).*['\"]nms['\"]\\s*:\\s*(True|true)\\b.*"),
                size(metadata.getOrDefault("imgsz", ""))));
    }

    /** {@code [height, width]}. */
    private static Optional<Size> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int height = Integer.parseInt(matcher.group(1));
        int width = Integer.parseInt(matcher.group(2));
        return height <= Size.MAX_EDGE && width <= Size.MAX_EDGE
                ? Optional.of(new Size(height, width))
                : Optional.empty();
    }

    /** <code>{0: 'cat', 1: 'dog'}</code> or {@code ['cat', 'dog']}; empty when it is neither, or has gaps. */
    private static List<String> names(String text) {
        if (!text.matches("(?s)\\{.*}|\\[.*]")) {
            return List.of();
        }
        SortedMap<Integer, String> names = new TreeMap<>();
        String inside = text.substring(1, text.length() - 1).strip();
        Matcher matcher = ENTRY.matcher(inside);
        int end = 0;
        while (end < inside.length() && matcher.find()) {
            boolean numbered = matcher.group(1) != null;
            if (numbered != text.startsWith("{")) {
                return List.of();
            }
            names.put(numbered ? Integer.parseInt(matcher.group(1)) : names.size(), unquoted(matcher));
            end = matcher.end();
        }
        boolean whole = end == inside.length() && !names.isEmpty();
        return whole && names.lastKey() == names.size() - 1 ? List.copyOf(names.values()) : List.of();
    }

    private static String unquoted(Matcher matcher) {
        String quoted = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
