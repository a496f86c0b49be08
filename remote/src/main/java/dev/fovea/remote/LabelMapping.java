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
 * Their labels and ours. Theirs are compared without regard to case and surrounding space. Several of theirs may map to
 * one of ours.
 *
 * @param ours by their label
 * @param minConfidence less confident labels are ignored, in [0, 1]
 */
public record LabelMapping(Map<String, String> ours, double minConfidence) {

    public LabelMapping {
        ours = folded(ours);
        ConfigurationCheck.configured(
                !ours.isEmpty(), "labels is empty. Map each label of the service to one of yours.");
        ConfigurationCheck.configured(
                minConfidence >= 0 && minConfidence <= 1, "min_confidence is %s; it must be 0 to 1.", minConfidence);
    }

    /** For a service with our labels: each maps to itself. */
    public static LabelMapping same(List<String> labels, double minConfidence) {
        return new LabelMapping(
                labels.stream().distinct().collect(Collectors.toMap(Function.identity(), Function.identity())),
                minConfidence);
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
                    "labels maps \"%s\" to \"%s\"; neither may be blank.",
                    theirs,
                    label);
            String other = folded.put(fold(theirs), label);
            ConfigurationCheck.configured(
                    other == null || other.equals(label),
                    "labels maps \"%s\" to \"%s\" and \"%s\"; case does not count. Keep one.",
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
