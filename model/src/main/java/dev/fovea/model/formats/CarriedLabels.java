package dev.fovea.model.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels that a file names, in the order of the output.
 *
 * @param source the file, as a person would name it
 * @param labels at least one, all different
 */
public record CarriedLabels(String source, List<String> labels) {

    /** Labels that occur twice get their place in the order (from 0) as in {@code crane (134)}. */
    public CarriedLabels {
        labels = distinct(LabelFile.requirePrintable(labels, source));
    }

    /** ImageNet's own names hold "crane" twice, and COCO's holes are all called "N/A". */
    private static List<String> distinct(List<String> labels) {
        Map<String, Integer> counts = new HashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        List<String> distinct = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            distinct.add(counts.getOrDefault(label, 1) > 1 ? "%s (%d)".formatted(label, i) : label);
        }
        return List.copyOf(distinct);
    }
}
