package dev.fovea.datasets.catalog;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A data set.
 *
 * @param id number in this home
 * @param name as the name of a model
 * @param task what its annotations say
 * @param question what people are to answer about its images
 * @param classes in the order of the class indices
 * @param created when
 */
public record Dataset(
        long id, String name, ImageTask task, LabelQuestion question, List<ClassDefinition> classes, Instant created) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{8,64}");

    public Dataset {
        classes = List.copyOf(classes);
    }

    /** {@code ARGUMENT_INVALID} unless a name may be one of a data set. */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches() || VERSION.matcher(name).matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" cannot name a data set. Use 1 to 63 small letters, digits, dots and hyphens, and not only the digits of a version."
                            .formatted(Printable.brief(name)));
        }
        return name;
    }

    /** The class of a name; {@code NOT_FOUND} without it. */
    public ClassDefinition requireClass(String label) {
        return classes.stream()
                .filter(each -> each.name().equals(label))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "The data set \"%s\" has no class \"%s\"; it has %s."
                                .formatted(
                                        name,
                                        Printable.brief(label),
                                        classes.isEmpty() ? "none" : String.join(", ", labels()))));
    }

    /** The names of the classes. */
    public List<String> labels() {
        return classes.stream().map(ClassDefinition::name).toList();
    }

    /** {@code ANNOTATION_INVALID} when a value is not of this task or names an unknown class. */
    public void requireFits(AnnotationValue value) {
        boolean fits = switch (value) {
            case ClassLabels labels ->
                task.isOfWholeImages()
                        && (task == ImageTask.MULTI_LABEL || labels.classes().size() == 1);
            case ObjectLabels _ -> !task.isOfWholeImages();
        };
        if (!fits) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "The data set \"%s\" is for %s and takes %s for each image."
                            .formatted(name, Json.word(task), expected()));
        }
        List<String> known = labels();
        List<String> unknown =
                value.classes().stream().filter(each -> !known.contains(each)).toList();
        if (!unknown.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "The data set \"%s\" has no class \"%s\"; it has %s. Add the class, or correct the annotation."
                            .formatted(
                                    name,
                                    Printable.brief(unknown.getFirst()),
                                    known.isEmpty()
                                            ? "none"
                                            : known.stream().limit(20).collect(Collectors.joining(", "))));
        }
    }

    private String expected() {
        return switch (task) {
            case CLASSIFICATION -> "one class";
            case MULTI_LABEL -> "a list of classes";
            case DETECTION -> "boxes";
            case INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION -> "polygons or masks";
        };
    }
}
