package dev.fovea.datasets.formats;

import dev.fovea.datasets.ClassName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Metadata of a YOLO data set: {@code data.yaml} (Ultralytics, Roboflow), or a list of names, one a line
 * ({@code classes.txt}, {@code obj.names}, {@code _darknet.labels}).
 *
 * @param names of the classes by number; may be empty
 * @param splits folders or list files of {@code train}, {@code val} and {@code test}
 * @param pose whether key points follow each box
 * @param task as our exports state it; may be empty
 * @param file that was read
 */
public record YoloNames(
        List<String> names, Map<String, List<String>> splits, boolean pose, String task, Optional<Path> file) {

    private static final int MAX_CLASSES = 100_000;

    /** The declaration nearest to the top of a folder. */
    static YoloNames of(ImageIndex index) {
        List<Path> yaml = new ArrayList<>(index.files("yaml"));
        yaml.addAll(index.files("yml"));
        for (Path file : yaml) {
            Optional<YoloNames> found = yaml(file);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return list(index).orElseGet(() -> new YoloNames(List.of(), Map.of(), false, "", Optional.empty()));
    }

    private static Optional<YoloNames> yaml(Path file) {
        Object document;
        try {
            document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(String.join("\n", YoloLabels.lines(file)));
        } catch (YAMLException e) {
            throw BoxFitting.invalid("%s is not YAML: %s. Correct or remove it."
                    .formatted(file, String.valueOf(e.getMessage()).strip()));
        }
        if (!(document instanceof Map<?, ?> map) || !map.containsKey("names")) {
            return Optional.empty();
        }
        Map<String, List<String>> splits = new TreeMap<>();
        for (String name : List.of("train", "val", "test")) {
            Object value = map.get(name);
            if (value instanceof List<?> several) {
                splits.put(name, several.stream().map(String::valueOf).toList());
            } else if (value != null) {
                splits.put(name, List.of(value.toString()));
            }
        }
        return Optional.of(new YoloNames(
                real(names(file, map.get("names"))),
                splits,
                map.containsKey("kpt_shape"),
                map.get("task") instanceof String task ? task : "",
                Optional.of(file)));
    }

    private static List<String> names(Path file, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(name -> name(file, name)).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw BoxFitting.invalid("%s: \"names\" must be a list or a map of numbers to names.".formatted(file));
        }
        TreeMap<Integer, String> byNumber = new TreeMap<>();
        map.forEach((number, name) -> byNumber.put(number(file, number), name(file, name)));
        List<String> names = new ArrayList<>();
        int last = byNumber.isEmpty() ? -1 : byNumber.lastKey();
        for (int i = 0; i <= last; i++) {
            names.add(byNumber.getOrDefault(i, Integer.toString(i)));
        }
        return names;
    }

    private static String name(Path file, Object value) {
        return ClassName.of(String.valueOf(value), file.toString());
    }

    private static int number(Path file, Object key) {
        String text = String.valueOf(key);
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) >= MAX_CLASSES) {
            throw BoxFitting.invalid(
                    "%s: \"names\" has the number \"%s\"; it must be 0 to %d.".formatted(file, text, MAX_CLASSES - 1));
        }
        return Integer.parseInt(text);
    }

    private static Optional<YoloNames> list(ImageIndex index) {
        List<Path> files = new ArrayList<>(index.files("names"));
        index.files("labels").stream().filter(YoloNames::isList).forEach(files::add);
        index.files("txt").stream().filter(YoloNames::isList).forEach(files::add);
        return files.stream().filter(Files::isRegularFile).findFirst().map(file -> {
            List<String> names = YoloLabels.lines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> name(file, line))
                    .toList();
            return new YoloNames(real(names), Map.of(), false, "", Optional.of(file));
        });
    }

    /** Whether a file is called as lists of class names are. */
    static boolean isList(Path file) {
        return file.getFileName()
                .toString()
                .matches("(?i)classes\\.txt|_darknet\\.labels|(obj|labels?)\\.names|labels?_?(map|names)?\\.txt");
    }

    /** Numbers in the place of names name nothing. */
    private static List<String> real(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(Integer.toString(i))) {
                return names;
            }
        }
        return List.of();
    }
}
