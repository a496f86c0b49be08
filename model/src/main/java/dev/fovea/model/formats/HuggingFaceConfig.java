package dev.fovea.model.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The {@code config.json} that transformers writes beside a model. */
final class HuggingFaceConfig {

    private HuggingFaceConfig() {}

    /**
     * {@code id2label}, which maps "0", "1", … to names. Empty without one, and where all are the {@code LABEL_0},
     * {@code LABEL_1}, … that transformers generates for unnamed classes.
     */
    static Optional<CarriedLabels> labels(JsonFields config, String source) {
        if (!config.has("id2label")) {
            return Optional.empty();
        }
        SortedMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : config.node("id2label").properties()) {
            if (!entry.getKey().matches("\\d{1,6}") || !entry.getValue().isString()) {
                throw config.error("%s.id2label must map numbers to texts but has %s: %s"
                        .formatted(source, entry.getKey(), entry.getValue()));
            }
            names.put(Integer.parseInt(entry.getKey()), entry.getValue().stringValue());
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (names.lastKey() != names.size() - 1) {
            throw config.error("%s.id2label has %d names up to number %d; some are missing"
                    .formatted(source, names.size(), names.lastKey()));
        }
        List<String> labels = new ArrayList<>(names.values());
        boolean made =
                names.entrySet().stream().allMatch(entry -> entry.getValue().equals("LABEL_" + entry.getKey()));
        return made ? Optional.empty() : Optional.of(new CarriedLabels(source, labels));
    }

    /** Whether it was trained to give any number of labels. */
    static boolean isMultiLabel(JsonFields config) {
        return config.has("problem_type") && config.text("problem_type").equals("multi_label_classification");
    }
}
