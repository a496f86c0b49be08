package dev.fovea.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tuning as JSON, for stores and for {@code --json}. */
public final class TuningJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private TuningJson() {}

    /** Writes a tuning so that {@link #read} gives an equal one. */
    public static ObjectNode tree(Tuning tuning) {
        ObjectNode node = MAPPER.createObjectNode();
        tuning.target().ifPresent(target -> node.put("p99_target_ms", target.toNanos() / 1e6));
        node.set("chosen", tree(tuning.chosen(), tuning));
        tuning.trials().forEach(trial -> node.withArray("trials").add(tree(trial, tuning)));
        return node;
    }

    private static ObjectNode tree(Trial trial, Tuning tuning) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("threads", trial.setting().threads());
        node.put("instances", trial.setting().instances());
        node.put("max_batch", trial.setting().maxBatch());
        node.put("per_second", trial.perSecond());
        node.put("p50_ms", trial.p50Millis());
        node.put("p99_ms", trial.p99Millis());
        node.put("meets_target", tuning.meets(trial));
        return node;
    }

    /** As a text. */
    public static String write(Tuning tuning) {
        return MAPPER.writeValueAsString(tree(tuning));
    }

    /** Reads what {@link #write} wrote. */
    public static Tuning read(String text) {
        JsonNode node = MAPPER.readTree(text);
        Optional<Duration> target = node.has("p99_target_ms")
                ? Optional.of(
                        Duration.ofNanos(Math.round(node.get("p99_target_ms").doubleValue() * 1e6)))
                : Optional.empty();
        List<Trial> trials = new ArrayList<>();
        for (JsonNode trial : node.path("trials")) {
            Setting setting = new Setting(
                    trial.path("threads").intValue(),
                    trial.path("instances").intValue(),
                    trial.path("max_batch").intValue());
            trials.add(new Trial(
                    setting,
                    trial.path("per_second").doubleValue(),
                    trial.path("p50_ms").doubleValue(),
                    trial.path("p99_ms").doubleValue()));
        }
        return new Tuning(target, trials);
    }
}
