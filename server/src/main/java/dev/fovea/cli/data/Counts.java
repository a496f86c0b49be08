package dev.fovea.cli.data;

import java.util.Map;
import java.util.stream.Collectors;

/** Numbers by name, as text. */
final class Counts {

    private Counts() {}

    /** Such as {@code train 3,019, validation 430, test 862}, in the order of the map. */
    static String words(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
