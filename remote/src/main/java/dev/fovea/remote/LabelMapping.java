package dev.fovea.remote;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Their labels and ours. Theirs are compared without regard to case and surrounding space. Several of theirs may stand
 * for one of ours.
 *
 * @param ours by their label
 * @param minimumConfidence what is less certain counts as not said, in [0, 1]
 */
public record LabelMapping(Map<String, String> ours, double minimumConfidence) {

    public LabelMapping {
        ours = folded(ours);
        ConfigurationCheck.configured(
                !ours.isEmpty(), "No label is mapped. Say which of their labels stands for which of ours.");
        ConfigurationCheck.configured(
                minimumConfidence >= 0 && minimumConfidence <= 1,
                "The minimum confidence is %s; it must lie in 0 to 1.",
                minimumConfidence);
    }

    /** For a service that speaks our labels: each stands for itself. */
    public static LabelMapping same(List<String> labels, double minimumConfidence) {
        return new LabelMapping(
                labels.stream().distinct().collect(Collectors.toMap(Function.identity(), Function.identity())),
                minimumConfidence);
    }

    /** Our label for theirs, if there is one. */
    Optional<String> of(String theirs) {
        return Optional.ofNullable(ours.get(fold(theirs)));
    }

    private static Map<String, String> folded(Map<String, String> ours) {
        Map<String, String> folded = new HashMap<>();
        ours.forEach((theirs, label) -> {
            ConfigurationCheck.configured(
                    !theirs.isBlank() && !label.isBlank(),
                    "A label is mapped that is blank: \"%s\" to \"%s\".",
                    theirs,
                    label);
            String other = folded.put(fold(theirs), label);
            ConfigurationCheck.configured(
                    other == null || other.equals(label),
                    "Their label \"%s\" is mapped to \"%s\" and to \"%s\"; case does not count. Keep one.",
                    theirs,
                    label,
                    other);
        });
        return Map.copyOf(folded);
    }

    private static String fold(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }
}
