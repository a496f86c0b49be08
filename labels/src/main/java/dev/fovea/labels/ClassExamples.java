package dev.fovea.labels;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.ArrayList;
import java.util.List;

/** Images as examples in the definitions of classes. Pure. */
final class ClassExamples {

    private ClassExamples() {}

    /** The classes with an image as an example of one of them only; {@code NOT_FOUND} without that class. */
    static List<ClassDefinition> with(Dataset dataset, ContentHash image, String label) {
        if (!dataset.labels().contains(label)) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND,
                    "The data set \"%s\" has no class \"%s\"; it has %s."
                            .formatted(dataset.name(), Printable.word(label), String.join(", ", dataset.labels())));
        }
        return dataset.classes().stream()
                .map(each -> with(each, image.toString(), each.name().equals(label)))
                .toList();
    }

    private static ClassDefinition with(ClassDefinition definition, String hash, boolean wanted) {
        List<String> examples = new ArrayList<>(definition.examples());
        examples.remove(hash);
        if (wanted) {
            examples.add(hash);
        }
        return new ClassDefinition(definition.name(), definition.definition(), examples);
    }
}
