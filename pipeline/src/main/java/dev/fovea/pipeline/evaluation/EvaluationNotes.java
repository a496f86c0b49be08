package dev.fovea.pipeline.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Notes on the data of an evaluation, as sentences. */
final class EvaluationNotes {

    private static final int MAX_NAMED = 8;

    private EvaluationNotes() {}

    /**
     * The sentences.
     *
     * @param learnedFrom number of images left out because a model learned from them
     * @param repeated number of files left out as duplicates
     * @param unknownFolders folders whose name is not a label
     * @param isKnown whether the training data of the version are known
     */
    static List<String> of(
            ModelEvaluation.EvaluationSpec order,
            int learnedFrom,
            int repeated,
            List<String> unknownFolders,
            boolean isKnown) {
        List<String> notes = new ArrayList<>();
        if (learnedFrom > 0) {
            notes.add("%d images are left out: %s learned from them."
                    .formatted(
                            learnedFrom,
                            order.others().isEmpty() ? order.version().id() : "one of the versions compared"));
        }
        if (!isKnown) {
            notes.add("The training data of %s are unknown. If these images are among them, the result is too good."
                    .formatted(order.version().id()));
        }
        if (repeated > 0) {
            notes.add("%d files are left out as duplicates.".formatted(repeated));
        }
        if (!unknownFolders.isEmpty()) {
            notes.add("Images in these folders are left out, because the model has no such labels: %s."
                    .formatted(unknownFolders.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                            + (unknownFolders.size() > MAX_NAMED ? ", …" : "")));
        }
        return notes;
    }
}
