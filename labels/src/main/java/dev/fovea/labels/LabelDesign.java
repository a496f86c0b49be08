package dev.fovea.labels;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.design.DesignCheck;
import dev.fovea.labels.design.DesignReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The question before the labels: what people are to answer, the classes with definitions and example images. It is
 * part of the data set and of its versions. Thread-safe. Every method throws {@code DATASET_UNKNOWN} when there is no
 * such data set.
 */
public final class LabelDesign {

    private final Datasets datasets;

    LabelDesign(Datasets datasets) {
        this.datasets = datasets;
    }

    /** Sets what people are to answer. */
    public Dataset ask(String name, LabelQuestion question) {
        return datasets.question(name, question);
    }

    /**
     * Sets question and classes; the errors of setting classes, and {@code NOT_FOUND} for an example that the data set
     * does not have and did not show before.
     */
    public Dataset set(String name, LabelQuestion question, List<ClassDefinition> classes) {
        Set<String> known = images(datasets.dataset(name).classes()).collect(Collectors.toSet());
        images(classes).filter(image -> !known.contains(image)).forEach(image -> {
            var _ = datasets.item(name, ContentHash.parse(image));
        });
        var _ = datasets.classes(name, classes);
        return datasets.question(name, question);
    }

    /** Sets the definition of a class; {@code NOT_FOUND} without the class. */
    public Dataset define(String name, String label, String definition) {
        return change(name, label, each -> each.redefined(definition));
    }

    /** Makes an image an example of a class, and of no other; {@code NOT_FOUND} without the class or the image. */
    public Dataset example(String name, ContentHash image, String label) {
        String hash = datasets.item(name, image).image().hash().toString();
        var _ = datasets.dataset(name).requireClass(label);
        return datasets.classes(
                name,
                classes -> classes.stream()
                        .map(each -> each.name().equals(label)
                                ? each.showing(hash)
                                : each.examples().contains(hash) ? each.without(hash) : each)
                        .toList());
    }

    /** Makes an image a counter-example of a class; errors as of {@link #example}. */
    public Dataset counterExample(String name, ContentHash image, String label) {
        String hash = datasets.item(name, image).image().hash().toString();
        return change(name, label, each -> each.excluding(hash));
    }

    private Dataset change(String name, String label, UnaryOperator<ClassDefinition> change) {
        var _ = datasets.dataset(name).requireClass(label);
        return datasets.classes(
                name,
                classes -> classes.stream()
                        .map(each -> each.name().equals(label) ? change.apply(each) : each)
                        .toList());
    }

    /**
     * Checks the design.
     *
     * @param separation what embeddings say about the classes, where they were compared
     */
    public DesignReport check(String name, Optional<ClassSeparation> separation) {
        Dataset dataset = datasets.dataset(name);
        Map<String, DatasetItem> examples = new LinkedHashMap<>();
        images(dataset.classes())
                .distinct()
                .forEach(image ->
                        datasets.find(name, ContentHash.parse(image)).ifPresent(item -> examples.put(image, item)));
        return DesignReport.of(DesignCheck.of(dataset, examples, separation));
    }

    private static Stream<String> images(List<ClassDefinition> classes) {
        return classes.stream()
                .flatMap(each -> Stream.concat(each.examples().stream(), each.counterExamples().stream()));
    }
}
