package dev.fovea.traffic.truth;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * True labels as JSON; exactly one of the three.
 *
 * @param label of a classifier
 * @param labels of a classifier with several labels
 * @param boxes of a detector
 */
public record TrueLabelsDocument(Optional<String> label, Optional<List<String>> labels, Optional<List<TrueBox>> boxes) {

    static final Json JSON = Json.of("truth", ErrorCode.ANNOTATION_INVALID);

    static TrueLabelsDocument of(TrueLabels labels) {
        return switch (labels) {
            case TrueLabels.TrueLabel(String label) ->
                new TrueLabelsDocument(Optional.of(label), Optional.empty(), Optional.empty());
            case TrueLabels.TrueLabelSet set ->
                new TrueLabelsDocument(Optional.empty(), Optional.of(List.copyOf(set.classes())), Optional.empty());
            case TrueLabels.TrueObjects(List<TrueBox> boxes) ->
                new TrueLabelsDocument(Optional.empty(), Optional.empty(), Optional.of(boxes));
        };
    }

    /** The labels; {@code ANNOTATION_INVALID} unless exactly one field is there. */
    public TrueLabels toLabels() {
        long given = List.of(label, labels, boxes).stream()
                .filter(Optional::isPresent)
                .count();
        if (given != 1) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "The truth has %d of the fields label, labels and boxes; give exactly one.".formatted(given));
        }
        return label.<TrueLabels>map(TrueLabels.TrueLabel::new)
                .or(() -> labels.map(all -> new TrueLabels.TrueLabelSet(new TreeSet<>(all))))
                .or(() -> boxes.map(TrueLabels.TrueObjects::new))
                .orElseThrow();
    }
}
