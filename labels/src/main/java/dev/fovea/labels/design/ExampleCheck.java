package dev.fovea.labels.design;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the example images of classes say about one another. Pure. */
final class ExampleCheck {

    /** Bits in which the perceptual hashes of nearly equal images differ, as for near duplicates. */
    private static final int NEAR = 6;

    /** Fewer examples do not show how much a class varies. */
    private static final int MIN_EXAMPLES = 2;

    private final List<ClassDefinition> classes;
    private final Map<String, DatasetItem> items;
    private final List<DesignFinding> findings;

    private ExampleCheck(List<ClassDefinition> classes, Map<String, DatasetItem> items, List<DesignFinding> findings) {
        this.classes = classes;
        this.items = items;
        this.findings = findings;
    }

    /**
     * Adds findings.
     *
     * @param items the images of the data set that are examples, by hash
     */
    static void add(List<ClassDefinition> classes, Map<String, DatasetItem> items, List<DesignFinding> findings) {
        ExampleCheck check = new ExampleCheck(classes, items, findings);
        for (int i = 0; i < classes.size(); i++) {
            for (int j = i + 1; j < classes.size(); j++) {
                check.pair(classes.get(i), classes.get(j));
            }
        }
        classes.forEach(check::labels);
        classes.forEach(check::missing);
        check.few();
    }

    private void pair(ClassDefinition first, ClassDefinition second) {
        List<String> names = List.of(first.name(), second.name());
        for (String example : first.examples()) {
            if (second.examples().contains(example)) {
                findings.add(DesignFinding.costly(
                                DesignFault.SHARED_EXAMPLE,
                                names,
                                "The image %s is an example of \"%s\" and of \"%s\"."
                                        .formatted(example.substring(0, 12), first.name(), second.name()),
                                "It teaches people to mix up the two.",
                                "Remove it from one of them.")
                        .showing(List.of(example)));
            } else {
                second.examples().stream()
                        .filter(other -> isNear(example, other))
                        .findFirst()
                        .ifPresent(other -> findings.add(DesignFinding.costly(
                                        DesignFault.SIMILAR_EXAMPLES,
                                        names,
                                        "An example of \"%s\" and one of \"%s\" are nearly the same image."
                                                .formatted(first.name(), second.name()),
                                        "It teaches people to mix up the two.",
                                        "Remove one of them.")
                                .showing(List.of(example, other))));
            }
        }
    }

    private boolean isNear(String one, String other) {
        Optional<PerceptualHash> first = hash(one);
        Optional<PerceptualHash> second = hash(other);
        return first.isPresent() && second.isPresent() && first.get().distance(second.get()) <= NEAR;
    }

    private Optional<PerceptualHash> hash(String image) {
        return Optional.ofNullable(items.get(image))
                .flatMap(item -> item.image().perceptualHash());
    }

    private void labels(ClassDefinition definition) {
        for (String example : definition.examples()) {
            Optional.ofNullable(items.get(example))
                    .flatMap(DatasetItem::label)
                    .map(label -> label.content().value())
                    .map(AnnotationValue::classes)
                    .filter(given -> !given.contains(definition.name()))
                    .ifPresent(given -> findings.add(DesignFinding.costly(
                                    DesignFault.RELABELLED_EXAMPLE,
                                    List.of(definition.name()),
                                    "An example of \"%s\" is labelled %s."
                                            .formatted(
                                                    definition.name(),
                                                    given.isEmpty()
                                                            ? "with no class"
                                                            : '"' + String.join("\", \"", given) + '"'),
                                    "Either people learn the class from a wrong image, or the label is wrong.",
                                    "Remove the example, or correct the label.")
                            .showing(List.of(example))));
        }
    }

    private void missing(ClassDefinition definition) {
        List<String> gone = new ArrayList<>(definition.examples());
        gone.addAll(definition.counterExamples());
        gone.removeAll(items.keySet());
        if (!gone.isEmpty()) {
            findings.add(DesignFinding.advice(
                    DesignFault.MISSING_EXAMPLE,
                    List.of(definition.name()),
                    "The data set does not have %d of the example images of \"%s\", such as %s."
                            .formatted(gone.size(), definition.name(), gone.getFirst()),
                    "People do not see them.",
                    "Add the images, or remove the examples."));
        }
    }

    private void few() {
        List<String> few = classes.stream()
                .filter(each -> each.examples().size() < MIN_EXAMPLES && !DesignWords.meansNone(each.name()))
                .map(ClassDefinition::name)
                .toList();
        if (!few.isEmpty()) {
            findings.add(DesignFinding.advice(
                    DesignFault.FEW_EXAMPLES,
                    few,
                    few.size() == 1
                            ? "The class \"%s\" has fewer than %d example images."
                                    .formatted(few.getFirst(), MIN_EXAMPLES)
                            : "%d classes have fewer than %d example images: %s."
                                    .formatted(few.size(), MIN_EXAMPLES, String.join(", ", few)),
                    "An image shows what a definition cannot say.",
                    "Add a clear example and one near the border."));
        }
    }
}
