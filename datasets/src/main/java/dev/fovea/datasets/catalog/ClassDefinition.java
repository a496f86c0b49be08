package dev.fovea.datasets.catalog;

import dev.fovea.datasets.ClassName;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A class of a data set.
 *
 * @param name its label
 * @param definition when it applies, for annotators; may be empty
 * @param examples content hashes of images that show it
 */
public record ClassDefinition(String name, String definition, List<String> examples) {

    /** Longer names break tables and axes. */
    private static final int LONGEST = 200;

    public ClassDefinition {
        name = ClassName.of(name.strip(), "The list of classes", "Remove them.");
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A class name has %d characters. Use 1 to %d.".formatted(name.length(), LONGEST));
        }
        definition = definition.strip();
        examples = List.copyOf(examples);
    }

    /** A class without definition. */
    public static ClassDefinition named(String name) {
        return new ClassDefinition(name, "", List.of());
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
