package dev.fovea.labels.design;

import dev.fovea.labels.design.ClassSeparation.ConfusablePair;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Locale;

/** What embeddings say about the classes. Those of the built-in descriptor are advice only. Pure. */
final class SeparationCheck {

    private static final double CHANCE = 0.5;

    private SeparationCheck() {}

    static void add(ClassSeparation separation, List<DesignFinding> findings) {
        separation.pairs().forEach(pair -> findings.add(finding(separation, pair)));
        if (!separation.tooFew().isEmpty()) {
            findings.add(DesignFinding.advice(
                    DesignFault.FEW_LABELLED,
                    separation.tooFew(),
                    "There are not enough labelled images of %s to compare them by their embeddings."
                            .formatted(String.join(", ", separation.tooFew())),
                    "Classes that look alike show only then.",
                    "Label %d images of each class, and check again.".formatted(ClassSeparation.MIN_IMAGES)));
        }
    }

    private static DesignFinding finding(ClassSeparation separation, ConfusablePair pair) {
        Interval error = pair.error();
        String problem = String.format(
                Locale.ROOT,
                "The embeddings %s \"%s\" and \"%s\": of %,d labelled images, %.0f %% (%.0f to %.0f %%) look more like the other class.",
                error.high() >= CHANCE ? "cannot tell apart" : "often confuse",
                pair.first(),
                pair.second(),
                pair.images(),
                100 * error.value(),
                100 * error.low(),
                100 * error.high());
        String remedy =
                "Look at images of both: say in the definitions what tells them apart, correct wrong labels, or merge the two.";
        List<String> classes = List.of(pair.first(), pair.second());
        return separation.general()
                ? DesignFinding.advice(
                        DesignFault.NOT_SEPARABLE,
                        classes,
                        problem,
                        "They came from %s, which sees colours and coarse shapes only. People may see more."
                                .formatted(separation.embeddings()),
                        "Register a classifier and check again. " + remedy)
                : DesignFinding.costly(
                        DesignFault.NOT_SEPARABLE,
                        classes,
                        problem,
                        "A model built on %s will confuse them, and people may, too."
                                .formatted(separation.embeddings()),
                        remedy);
    }
}
