package dev.fovea.pipeline.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a reader should know of the data of an evaluation, in sentences. */
final class EvaluationNotes {

    private static final int MOST_NAMED = 8;

    private EvaluationNotes() {}

    /**
     * The sentences.
     *
     * @param learnedFrom images that were left out because a model learned from them
     * @param repeated files that were left out because another one has the same content
     * @param strangers folders that are called as no label
     * @param isKnown whether it is known what the version learned from
     */
    static List<String> of(
            ModelEvaluation.EvaluationSpec order,
            int learnedFrom,
            int repeated,
            List<String> strangers,
            boolean isKnown) {
        List<String> notes = new ArrayList<>();
        if (learnedFrom > 0) {
            notes.add("%d images are left out: %s learned from them."
                    .formatted(
                            learnedFrom,
                            order.beside().isEmpty() ? order.version().id() : "one of the versions compared"));
        }
        if (!isKnown) {
            notes.add(
                    "What %s learned from is not known here. If these images are among it, it looks better than it is."
                            .formatted(order.version().id()));
        }
        if (repeated > 0) {
            notes.add("%d files are left out: each has the same content as another one.".formatted(repeated));
        }
        if (!strangers.isEmpty()) {
            notes.add("No label of the model is called as these folders, whose images are left out: %s."
                    .formatted(strangers.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                            + (strangers.size() > MOST_NAMED ? ", …" : "")));
        }
        return notes;
    }
}
