package dev.fovea.datasets.curation;

import dev.fovea.imaging.quality.QualityFlag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts flagged images and keeps the sources of the first three of each flag. Not thread-safe. */
final class QualityCounter {

    private static final int EXAMPLES = 3;

    private final Map<QualityFlag, Integer> counts = new EnumMap<>(QualityFlag.class);
    private final Map<QualityFlag, List<String>> examples = new EnumMap<>(QualityFlag.class);

    void add(String source, List<QualityFlag> flags) {
        for (QualityFlag flag : flags) {
            if (counts.merge(flag, 1, Integer::sum) <= EXAMPLES) {
                examples.computeIfAbsent(flag, _ -> new ArrayList<>()).add(source);
            }
        }
    }

    List<AddReport.FlaggedImages> counted() {
        return counts.entrySet().stream()
                .map(entry -> new AddReport.FlaggedImages(
                        entry.getKey().label(), entry.getValue(), examples.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }
}
