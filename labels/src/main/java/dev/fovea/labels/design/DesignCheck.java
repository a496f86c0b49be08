package dev.fovea.labels.design;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks the classes of a data set before people label it. The words are English. Pure. */
public final class DesignCheck {

    private static final Set<String> NONE =
            Set.of("none", "other", "others", "nothing", "background", "normal", "ok", "good", "intact", "unknown");
    private static final Set<String> SUBJECTIVE = Set.of(
            "nice",
            "bad",
            "ugly",
            "beautiful",
            "slight",
            "slightly",
            "heavy",
            "heavily",
            "strong",
            "weak",
            "big",
            "large",
            "small",
            "minor",
            "major",
            "severe",
            "acceptable",
            "unacceptable",
            "fairly",
            "somewhat",
            "significant",
            "unusual",
            "suspicious",
            "similar",
            "maybe",
            "sometimes",
            "usually");

    private DesignCheck() {}

    /** What may be wrong, in the order of the kinds. */
    public static List<DesignFinding> of(Dataset dataset) {
        List<DesignFinding> findings = new ArrayList<>();
        List<ClassDefinition> classes = dataset.classes();
        if (dataset.task() == ImageTask.CLASSIFICATION
                && classes.stream()
                        .noneMatch(each -> words(each.name()).stream().anyMatch(NONE::contains))) {
            findings.add(
                    new DesignFinding(
                            DesignFault.NO_NONE_CLASS,
                            List.of(),
                            "No class is for images that show none of the others. People and the model must then choose a wrong one. Add a class such as \"none\", or make sure that there are no such images."));
        }
        for (ClassDefinition each : classes) {
            if (each.definition().isEmpty()) {
                findings.add(new DesignFinding(
                        DesignFault.NO_DEFINITION,
                        List.of(each.name()),
                        "The class \"%s\" has no definition, so that each person makes one up. Say what must be seen, and what does not count."
                                .formatted(each.name())));
            }
        }
        for (ClassDefinition each : classes) {
            Set<String> found = new TreeSet<>(words(each.name() + " " + each.definition()));
            found.retainAll(SUBJECTIVE);
            if (!found.isEmpty()) {
                findings.add(new DesignFinding(
                        DesignFault.SUBJECTIVE,
                        List.of(each.name()),
                        "The class \"%s\" is described by %s, which people read differently. State something that can be measured or seen, such as a length."
                                .formatted(
                                        each.name(),
                                        found.stream()
                                                .map(word -> '"' + word + '"')
                                                .collect(Collectors.joining(", ")))));
            }
        }
        for (int i = 0; i < classes.size(); i++) {
            for (int j = i + 1; j < classes.size(); j++) {
                pair(classes.get(i), classes.get(j), findings);
            }
        }
        return findings;
    }

    private static void pair(ClassDefinition first, ClassDefinition second, List<DesignFinding> findings) {
        Set<String> one = words(first.name());
        Set<String> other = words(second.name());
        if (one.containsAll(other) || other.containsAll(one)) {
            findings.add(new DesignFinding(
                    DesignFault.OVERLAPPING_NAMES,
                    List.of(first.name(), second.name()),
                    "The name of \"%s\" contains that of \"%s\" or the other way round, so that both seem to apply. Rename one, or say in both definitions where the border is."
                            .formatted(first.name(), second.name())));
        }
        Set<String> shared = new TreeSet<>(first.examples());
        shared.retainAll(new HashSet<>(second.examples()));
        if (!shared.isEmpty()) {
            findings.add(new DesignFinding(
                    DesignFault.SHARED_EXAMPLE,
                    List.of(first.name(), second.name()),
                    "The image %s is an example of \"%s\" and of \"%s\". Remove it from one of them."
                            .formatted(shared.iterator().next(), first.name(), second.name())));
        }
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
