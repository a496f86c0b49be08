package dev.fovea.runtime.tuning;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.InstanceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tuning as JSON, for stores and for {@code --json}. */
public final class TuningJson {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** As many as a session may have. */
    private static final int MOST_THREADS = 256;

    private static final int MOST = 1024;

    private TuningJson() {}

    /** Writes a tuning so that {@link #read} gives an equal one. */
    public static ObjectNode tree(Tuning tuning) {
        ObjectNode node = MAPPER.createObjectNode();
        tuning.target().ifPresent(target -> node.put("p99_target_ms", target.toNanos() / 1e6));
        node.set("chosen", tree(tuning.chosen(), tuning));
        tuning.trials().forEach(trial -> node.withArray("trials").add(tree(trial, tuning)));
        return node;
    }

    private static ObjectNode tree(TuningTrial trial, Tuning tuning) {
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

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws FoveaException {@code STORAGE_FAILED} for anything else: a field that is missing or no finite number
     */
    public static Tuning read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            Optional<Duration> target = node.has("p99_target_ms")
                    ? Optional.of(Duration.ofNanos(Math.round(number(node, "p99_target_ms") * 1e6)))
                    : Optional.empty();
            List<TuningTrial> trials = new ArrayList<>();
            for (JsonNode trial : node.path("trials")) {
                InstanceSettings setting = new InstanceSettings(
                        count(trial, "threads", MOST_THREADS),
                        count(trial, "instances", MOST),
                        count(trial, "max_batch", MOST));
                trials.add(new TuningTrial(
                        setting, number(trial, "per_second"), number(trial, "p50_ms"), number(trial, "p99_ms")));
            }
            return new Tuning(target, trials);
        } catch (JacksonException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, "it is not JSON", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static double number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("%s is %s where a number belongs".formatted(field, value));
        }
        return value.doubleValue();
    }

    /** Of threads, instances or images in a batch; what a session would refuse is refused here. */
    private static int count(JsonNode node, String field, int most) {
        double value = number(node, field);
        if (value < 1 || value > most || value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    "%s is %s where a whole number from 1 to %d belongs".formatted(field, value, most));
        }
        return (int) value;
    }
}
