package dev.fovea.model.outputs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The line that stands for "nothing" in a list of labels, as TensorFlow's {@code ImageNetLabels.txt} and the label
 * files of SSD detectors have it. A network that gives no value for it needs the list without it.
 */
public final class BackgroundLabel {

    private static final Set<String> NAMES =
            Set.of("background", "__background__", "_background_", "no object", "no-object");

    private BackgroundLabel() {}

    /**
     * The labels without their background, where they are one more than the network's classes and have exactly one.
     *
     * @param classes the network's class count
     */
    public static Optional<List<String>> without(List<String> labels, long classes) {
        if (labels.size() != classes + 1
                || labels.stream().filter(BackgroundLabel::is).count() != 1) {
            return Optional.empty();
        }
        return Optional.of(labels.stream().filter(label -> !is(label)).toList());
    }

    /** The labels without a background at their end, where DETR's networks have their "no object". */
    public static List<String> withoutLast(List<String> labels) {
        return labels.size() > 1 && is(labels.getLast()) ? labels.subList(0, labels.size() - 1) : labels;
    }

    /** Whether a label means that. */
    static boolean is(String label) {
        return NAMES.contains(label.strip().toLowerCase(Locale.ROOT));
    }
}
