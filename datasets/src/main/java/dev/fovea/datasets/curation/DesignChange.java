package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.SavedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of the question or of a class's definition that two versions do not share.
 *
 * @param part which
 * @param label the class; empty for a part of the question
 * @param before in the first version; examples as hashes with spaces between
 * @param after in the second version
 */
public record DesignChange(DesignPart part, Optional<String> label, String before, String after) {

    /** Parts of a design. */
    public enum DesignPart {
        QUESTION,
        SEVERAL_APPLY,
        NONE_APPLIES,
        CLASS_ADDED,
        CLASS_REMOVED,
        DEFINITION,
        EXAMPLES,
        COUNTER_EXAMPLES
    }

    /** What differs, the question first, then class by class. */
    public static List<DesignChange> between(SavedVersion before, SavedVersion after) {
        List<DesignChange> changes = new ArrayList<>();
        LabelQuestion one = before.question();
        LabelQuestion other = after.question();
        add(changes, DesignPart.QUESTION, Optional.empty(), one.text(), other.text());
        add(
                changes,
                DesignPart.SEVERAL_APPLY,
                Optional.empty(),
                words(one.severalApply()),
                words(other.severalApply()));
        add(changes, DesignPart.NONE_APPLIES, Optional.empty(), words(one.noneApplies()), words(other.noneApplies()));
        for (ClassDefinition each : before.classes()) {
            find(after, each.name())
                    .ifPresentOrElse(
                            kept -> add(changes, each, kept),
                            () -> changes.add(new DesignChange(
                                    DesignPart.CLASS_REMOVED, Optional.of(each.name()), each.definition(), "")));
        }
        for (ClassDefinition each : after.classes()) {
            if (find(before, each.name()).isEmpty()) {
                changes.add(new DesignChange(DesignPart.CLASS_ADDED, Optional.of(each.name()), "", each.definition()));
            }
        }
        return List.copyOf(changes);
    }

    private static Optional<ClassDefinition> find(SavedVersion version, String name) {
        return version.classes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private static void add(List<DesignChange> changes, ClassDefinition before, ClassDefinition after) {
        Optional<String> label = Optional.of(before.name());
        add(changes, DesignPart.DEFINITION, label, before.definition(), after.definition());
        add(
                changes,
                DesignPart.EXAMPLES,
                label,
                String.join(" ", before.examples()),
                String.join(" ", after.examples()));
        add(
                changes,
                DesignPart.COUNTER_EXAMPLES,
                label,
                String.join(" ", before.counterExamples()),
                String.join(" ", after.counterExamples()));
    }

    private static void add(
            List<DesignChange> changes, DesignPart part, Optional<String> label, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new DesignChange(part, label, before, after));
        }
    }

    private static String words(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? "yes" : "no").orElse("");
    }
}
