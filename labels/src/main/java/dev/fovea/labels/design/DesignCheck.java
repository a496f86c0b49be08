package dev.fovea.labels.design;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the design of a data set before people label it. The words are English. Pure. */
public final class DesignCheck {

    private DesignCheck() {}

    /**
     * What may be wrong: first what will cost labels, then advice.
     *
     * @param examples the images of the data set that are examples, by hash
     * @param separation what embeddings say about the classes, where they were compared
     */
    public static List<DesignFinding> of(
            Dataset dataset, Map<String, DatasetItem> examples, Optional<ClassSeparation> separation) {
        List<DesignFinding> findings = new ArrayList<>();
        QuestionCheck.add(dataset, findings);
        ClassCheck.add(dataset.classes(), findings);
        ExampleCheck.add(dataset.classes(), examples, findings);
        separation.ifPresent(each -> SeparationCheck.add(each, findings));
        List<DesignFinding> ordered =
                new ArrayList<>(findings.stream().filter(DesignFinding::costly).toList());
        ordered.addAll(findings.stream().filter(each -> !each.costly()).toList());
        return ordered;
    }
}
