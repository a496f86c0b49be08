package dev.fovea.datasets.catalog;

import dev.fovea.datasets.ClassName;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of a data set.
 *
 * @param name its label
 * @param definition when it applies, for annotators; may be empty
 * @param examples content hashes of images that show it, the clearest first
 * @param counterExamples content hashes of images that seem to show it and do not
 */
public record ClassDefinition(String name, String definition, List<String> examples, List<String> counterExamples) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public ClassDefinition {
        name = ClassName.of(name, "The list of classes", "Remove them.");
        if (name.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "A class has no name. Give it one of 1 to 200 characters.");
        }
        definition = definition.strip();
        examples = hashes(examples);
        counterExamples = hashes(counterExamples);
    }

    private static List<String> hashes(List<String> images) {
        images.stream()
                .filter(image -> !HASH.matcher(image).matches())
                .findFirst()
                .ifPresent(image -> {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "The example \"%s\" is not the hash of an image. Use its 64 hexadecimal digits."
                                    .formatted(Printable.brief(image)));
                });
        return images.stream().distinct().toList();
    }

    /** A class without definition. */
    public static ClassDefinition named(String name) {
        return defined(name, "");
    }

    /** A class without examples. */
    public static ClassDefinition defined(String name, String definition) {
        return new ClassDefinition(name, definition, List.of(), List.of());
    }

    /** The same class under another name. */
    public ClassDefinition renamed(String other) {
        return new ClassDefinition(other, definition, examples, counterExamples);
    }

    /** The same class with another definition. */
    public ClassDefinition redefined(String other) {
        return new ClassDefinition(name, other, examples, counterExamples);
    }

    /** The same class with an image as the last example; it is a counter-example no more. */
    public ClassDefinition showing(String image) {
        return new ClassDefinition(
                name,
                definition,
                Stream.concat(without(image).examples().stream(), Stream.of(image))
                        .toList(),
                without(image).counterExamples());
    }

    /** The same class with an image as the last counter-example; it is an example no more. */
    public ClassDefinition excluding(String image) {
        return new ClassDefinition(
                name,
                definition,
                without(image).examples(),
                Stream.concat(without(image).counterExamples().stream(), Stream.of(image))
                        .toList());
    }

    /** The same class without an image among its examples and counter-examples. */
    public ClassDefinition without(String image) {
        return new ClassDefinition(
                name,
                definition,
                examples.stream().filter(each -> !each.equals(image)).toList(),
                counterExamples.stream().filter(each -> !each.equals(image)).toList());
    }

    /** Classes, and those of others whose names are not among them. */
    public static List<ClassDefinition> union(List<ClassDefinition> classes, List<ClassDefinition> others) {
        Set<String> known = classes.stream().map(ClassDefinition::name).collect(Collectors.toSet());
        return Stream.concat(classes.stream(), others.stream().filter(each -> !known.contains(each.name())))
                .toList();
    }

    /** {@code ARGUMENT_INVALID} when a name stands there twice. */
    public static void requireDistinct(List<ClassDefinition> classes) {
        Set<String> seen = new HashSet<>();
        for (ClassDefinition each : classes) {
            if (!seen.add(each.name())) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The class \"%s\" is stated twice. Remove one.".formatted(each.name()));
            }
        }
    }
}
