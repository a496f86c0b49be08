package dev.fovea.labels.design;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import java.util.List;
import java.util.Set;

/** What names and definitions of classes say. Pure. */
final class ClassCheck {

    /** Share of their words from which two definitions say the same. */
    private static final double SAME = 0.6;

    private ClassCheck() {}

    static void add(List<ClassDefinition> classes, List<DesignFinding> findings) {
        List<String> undefined = classes.stream()
                .filter(each -> each.definition().isEmpty())
                .map(ClassDefinition::name)
                .toList();
        if (!undefined.isEmpty()) {
            findings.add(DesignFinding.costly(
                    DesignFault.NO_DEFINITION,
                    undefined,
                    undefined.size() == 1
                            ? "The class \"%s\" has no definition.".formatted(undefined.getFirst())
                            : "%d classes have no definition: %s."
                                    .formatted(undefined.size(), String.join(", ", undefined)),
                    "Each person makes one up.",
                    "Say what must be seen, and what does not count."));
        }
        for (ClassDefinition each : classes) {
            String found = DesignWords.subjective(each.name() + " " + each.definition());
            if (!found.isEmpty()) {
                findings.add(DesignFinding.costly(
                        DesignFault.SUBJECTIVE,
                        List.of(each.name()),
                        "The class \"%s\" is described by %s.".formatted(each.name(), found),
                        "People read such words differently.",
                        "State something that can be measured or seen, such as a length."));
            }
        }
        for (int i = 0; i < classes.size(); i++) {
            for (int j = i + 1; j < classes.size(); j++) {
                pair(classes.get(i), classes.get(j), findings);
            }
        }
    }

    private static void pair(ClassDefinition first, ClassDefinition second, List<DesignFinding> findings) {
        Set<String> one = DesignWords.of(first.name());
        Set<String> other = DesignWords.of(second.name());
        List<String> names = List.of(first.name(), second.name());
        if (one.containsAll(other) || other.containsAll(one)) {
            findings.add(DesignFinding.costly(
                    DesignFault.OVERLAPPING_NAMES,
                    names,
                    "The name \"%s\" contains \"%s\", or the other way round.".formatted(first.name(), second.name()),
                    "Both classes seem to apply.",
                    "Rename one, or say in both definitions where the border is."));
        }
        if (DesignWords.overlap(first.definition(), second.definition()) >= SAME) {
            findings.add(DesignFinding.costly(
                    DesignFault.OVERLAPPING_DEFINITIONS,
                    names,
                    "The definitions of \"%s\" and \"%s\" say nearly the same.".formatted(first.name(), second.name()),
                    "People cannot tell from them which class applies.",
                    "Say in both what tells them apart."));
        }
    }
}
