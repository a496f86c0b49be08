package dev.fovea.datasets.formats;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.formats.Annotated.Frame;
import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.datasets.formats.DetectionFindings.Counter;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Label Studio export in JSON: a list of tasks with {@code data} and {@code annotations}. Each {@code result} has
 * choices or rectangles in percent of the upright image. The eight digits before the names of uploads are ignored.
 * Source: labelstud.io, "Label Studio JSON format".
 */
final class LabelStudioTasks implements AnnotationReader {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String RECTANGLES = "rectanglelabels";
    private static final String CHOICES = "choices";

    private final ImageIndex index;
    private final Path file;
    private final List<JsonNode> tasks = new ArrayList<>();

    private LabelStudioTasks(ImageIndex index, Path file) {
        this.index = index;
        this.file = file;
        MAPPER.readTree(file).forEach(tasks::add);
    }

    private static List<LabelStudioTasks> all(ImageIndex index) {
        List<LabelStudioTasks> all = new ArrayList<>();
        for (Path file : index.files("json")) {
            if (isExport(file)) {
                all.add(new LabelStudioTasks(index, file));
            }
        }
        return all;
    }

    /** A list whose first element has {@code data} and {@code annotations}. */
    private static boolean isExport(Path file) {
        Set<String> names = new HashSet<>();
        try (JsonParser parser = MAPPER.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            while (parser.nextToken() != null) {
                parser.skipChildren(); // a damaged export is none
            }
        } catch (JacksonException e) {
            return false;
        }
        return names.contains("data") && names.contains("annotations");
    }

    /** An export with rectangles. */
    static Optional<LabelStudioTasks> of(ImageIndex index) {
        return all(index).stream()
                .filter(export -> export.tasks.stream()
                        .anyMatch(task -> !results(task, RECTANGLES).isEmpty()))
                .findFirst();
    }

    /** The labels of exports with choices; tasks whose annotators disagree are left out. */
    static Optional<ClassificationFolder> labels(ImageIndex index) {
        List<FoundFile> found = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LabelStudioTasks export : all(index)) {
            int before = found.size();
            int disputed = 0;
            for (JsonNode task : export.tasks) {
                Set<String> selected = new LinkedHashSet<>();
                results(task, CHOICES)
                        .forEach(result -> result.path("value")
                                .path(CHOICES)
                                .forEach(choice -> selected.add(choice.asString(""))));
                Optional<Path> image = export.image(task);
                disputed += selected.size() > 1 ? 1 : 0;
                if (selected.size() == 1 && image.isPresent()) {
                    found.add(new FoundFile(
                            image.get(),
                            index.relative(image.get()),
                            ClassName.of(selected.iterator().next(), export.file.toString()),
                            index.split(image.get())));
                }
            }
            if (found.size() > before) {
                notes.add("Labels were read from the Label Studio export %s: %,d images%s."
                        .formatted(
                                index.relative(export.file),
                                found.size() - before,
                                disputed == 0
                                        ? ""
                                        : "; %,d tasks with several choices were left out".formatted(disputed)));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(LabelTable.labelled(index, found, notes));
    }

    /** Results of a kind, from annotations that were not cancelled. */
    private static List<JsonNode> results(JsonNode task, String kind) {
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode annotation : task.path("annotations")) {
            if (!annotation.path("was_cancelled").asBoolean(false)) {
                annotation.path("result").forEach(result -> {
                    if (result.path("value").has(kind)) {
                        results.add(result);
                    }
                });
            }
        }
        return results;
    }

    private Optional<Path> image(JsonNode task) {
        for (JsonNode value : task.path("data")) {
            String name = value.asString("").replaceFirst("[?#].*$", "");
            if (value.asString("").contains("?d=")) {
                name = value.asString("").replaceFirst("^.*\\?d=", "");
            }
            if (ImageFormat.looksLikeImage(name)) {
                String wanted = name;
                String bare = name.replaceFirst("(^|.*/)[0-9a-f]{8}-", "");
                return index.named(wanted, file).or(() -> index.named(bare, file));
            }
        }
        return Optional.empty();
    }

    @Override
    public DetectionFormat format() {
        return DetectionFormat.LABEL_STUDIO;
    }

    @Override
    public List<String> classes() {
        TreeSet<String> names = new TreeSet<>();
        tasks.forEach(task -> results(task, RECTANGLES)
                .forEach(result -> names.add(ClassName.of(
                        result.path("value").path(RECTANGLES).path(0).asString(""), file.toString()))));
        return List.copyOf(names);
    }

    @Override
    public boolean named() {
        return true;
    }

    @Override
    public List<Annotated> read(Counter counter) {
        List<Annotated> read = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            String where = "Task %s of %s".formatted(task.path("id").asString(Integer.toString(i + 1)), file);
            Optional<Path> image = image(task);
            if (image.isEmpty()) {
                counter.missing(where);
            } else {
                List<Stated> boxes = results(task, RECTANGLES).stream()
                        .map(result -> stated(result, where))
                        .toList();
                read.add(new Annotated(image.get(), index.split(image.get()), new Frame.Shares(), boxes));
            }
        }
        read.sort(Comparator.comparing(Annotated::image));
        return read;
    }

    /** The extent of a rectangle that is turned around its upper left corner, clockwise in degrees. */
    private static Stated stated(JsonNode result, String where) {
        JsonNode value = result.path("value");
        double width = result.path("original_width").asDouble(1);
        double height = result.path("original_height").asDouble(1);
        double angle = Math.toRadians(value.path("rotation").asDouble(0));
        double x = number(value, "x", where) * width;
        double y = number(value, "y", where) * height;
        double w = number(value, "width", where) * width;
        double h = number(value, "height", where) * height;
        double[] xs = {0, w * Math.cos(angle), -h * Math.sin(angle), w * Math.cos(angle) - h * Math.sin(angle)};
        double[] ys = {0, w * Math.sin(angle), h * Math.cos(angle), w * Math.sin(angle) + h * Math.cos(angle)};
        return new Stated(
                ClassName.of(value.path(RECTANGLES).path(0).asString(""), where),
                (x + min(xs)) / width,
                (y + min(ys)) / height,
                (x + max(xs)) / width,
                (y + max(ys)) / height,
                where);
    }

    private static double number(JsonNode value, String name, String where) {
        if (!value.path(name).isNumber()) {
            throw BoxFitting.invalid(
                    "%s: a rectangle's \"%s\" must be a number of percent. Export it again.".formatted(where, name));
        }
        return value.path(name).asDouble() / 100;
    }

    private static double min(double[] values) {
        return java.util.Arrays.stream(values).min().orElse(0);
    }

    private static double max(double[] values) {
        return java.util.Arrays.stream(values).max().orElse(0);
    }
}
