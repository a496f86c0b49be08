package dev.fovea.labels.design;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import java.util.List;
import java.util.Optional;

/** Whether the question, its two switches, the task and the classes fit each other. Pure. */
final class QuestionCheck {

    private QuestionCheck() {}

    static void add(Dataset dataset, List<DesignFinding> findings) {
        LabelQuestion question = dataset.question();
        if (question.text().isEmpty()) {
            findings.add(DesignFinding.advice(
                    DesignFault.NO_QUESTION,
                    List.of(),
                    "There is no question.",
                    "People see the names of the classes only, and each makes up what is being asked.",
                    "State it in one sentence, such as \"Which fault does the fabric show?\"."));
        }
        String subjective = DesignWords.subjective(question.text());
        if (!subjective.isEmpty()) {
            findings.add(DesignFinding.costly(
                    DesignFault.SUBJECTIVE,
                    List.of(),
                    "The question says %s.".formatted(subjective),
                    "People read such words differently.",
                    "Ask for something that can be seen or measured."));
        }
        if (dataset.task().isOfWholeImages()) {
            switches(dataset, findings);
        }
        if (dataset.classes().size() < (dataset.task() == ImageTask.CLASSIFICATION ? 2 : 1)) {
            findings.add(DesignFinding.costly(
                    DesignFault.TOO_FEW_CLASSES,
                    dataset.labels(),
                    "There is nothing to choose from.",
                    "A label needs an alternative.",
                    "Add the classes."));
        } else if (dataset.task() == ImageTask.CLASSIFICATION) {
            noneClass(dataset, findings);
        }
    }

    private static void switches(Dataset dataset, List<DesignFinding> findings) {
        LabelQuestion question = dataset.question();
        boolean single = dataset.task() == ImageTask.CLASSIFICATION;
        if (question.severalApply().isEmpty() || question.noneApplies().isEmpty()) {
            String open = question.severalApply().isPresent()
                    ? "whether none of the classes can apply"
                    : question.noneApplies().isPresent()
                            ? "whether two classes can apply to one image"
                            : "whether two classes can apply to one image, and whether none can";
            findings.add(DesignFinding.advice(
                    DesignFault.UNSTATED,
                    List.of(),
                    "It is not stated %s.".formatted(open),
                    "Each person then decides about such images alone, and differently.",
                    "State both."));
        }
        if (single && question.severalApply().equals(Optional.of(true))) {
            findings.add(
                    DesignFinding.costly(
                            DesignFault.SEVERAL_IN_SINGLE_LABEL,
                            List.of(),
                            "Two classes can apply to an image, but the task takes one label.",
                            "People pick one of the two by chance, and the other one counts as wrong.",
                            "Make a data set with the task multi-label, add a class for both, or say in the definitions which of two wins."));
        }
        if (!single && question.severalApply().equals(Optional.of(false))) {
            findings.add(DesignFinding.advice(
                    DesignFault.ONE_IN_MULTI_LABEL,
                    List.of(),
                    "Only one class can apply to an image, but the task takes several.",
                    "Contradicting labels are accepted, and each class is learned alone.",
                    "Make a data set with the task classification."));
        }
    }

    private static void noneClass(Dataset dataset, List<DesignFinding> findings) {
        List<String> none = dataset.classes().stream()
                .map(ClassDefinition::name)
                .filter(DesignWords::meansNone)
                .toList();
        Optional<Boolean> noneApplies = dataset.question().noneApplies();
        if (none.isEmpty() && !noneApplies.equals(Optional.of(false))) {
            findings.add(DesignFinding.costly(
                    DesignFault.NO_NONE_CLASS,
                    List.of(),
                    noneApplies.isPresent()
                            ? "None of the classes can apply, but no class says so."
                            : "No class is for images that show none of the others.",
                    "People, and later the model, must then choose a wrong class.",
                    "Add a class such as \"none\", or state that one of the classes always applies."));
        }
        if (!none.isEmpty() && noneApplies.equals(Optional.of(false))) {
            findings.add(DesignFinding.advice(
                    DesignFault.IDLE_NONE_CLASS,
                    none,
                    "One of the classes always applies, but there is the class \"%s\".".formatted(none.getFirst()),
                    "People use it for what they are unsure about.",
                    "Remove the class, or state that none of the others can apply."));
        }
    }
}
