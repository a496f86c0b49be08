package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What passes between a training process and the one that started it: the request as a file, events as lines. */
final class TrainingJson {

    private static final String EVENT = "event";

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    String request(TrainingRequest request) {
        ObjectNode json = mapper.createObjectNode();
        json.put("initial_model", request.initialModel().toString());
        json.put("output", request.output().toString());
        json.set("contract", mapper.readTree(PreprocessingContractJson.write(request.contract())));
        ArrayNode labels = json.putArray("labels");
        request.labels().forEach(labels::add);
        samples(json.putArray("training"), request.training());
        samples(json.putArray("validation"), request.validation());
        json.set("settings", mapper.valueToTree(request.settings()));
        return mapper.writeValueAsString(json);
    }

    private static void samples(ArrayNode array, List<Sample> samples) {
        for (Sample sample : samples) {
            array.addObject().put("image", sample.image().toString()).put("label", sample.label());
        }
    }

    TrainingRequest request(String text) {
        try {
            JsonNode json = mapper.readTree(text);
            List<String> labels = new ArrayList<>();
            json.required("labels").forEach(label -> labels.add(label.asString()));
            return new TrainingRequest(
                    Path.of(json.required("initial_model").asString()),
                    Path.of(json.required("output").asString()),
                    PreprocessingContractJson.read(json.required("contract")),
                    labels,
                    samples(json.required("training")),
                    samples(json.required("validation")),
                    mapper.treeToValue(json.required("settings"), TrainingSettings.class));
        } catch (JacksonException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The training request cannot be read: %s.".formatted(e.getOriginalMessage()),
                    e);
        }
    }

    private static List<Sample> samples(JsonNode array) {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode sample : array) {
            samples.add(new Sample(
                    Path.of(sample.required("image").asString()),
                    sample.required("label").asInt()));
        }
        return samples;
    }

    /** One line. */
    String event(TrainingEvent event) {
        ObjectNode json = mapper.createObjectNode();
        json.put(EVENT, name(event));
        ObjectNode fields = mapper.valueToTree(event);
        json.setAll(fields);
        return mapper.writeValueAsString(json);
    }

    private static String name(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.Started started -> "started";
            case TrainingEvent.Progress progress -> "progress";
            case TrainingEvent.Finished finished -> "finished";
            case TrainingEvent.Failed failed -> "failed";
        };
    }

    /** The event of a line; empty for a line that is something else, such as a library's chatter. */
    Optional<TrainingEvent> event(String line) {
        if (!line.startsWith("{\"" + EVENT + "\"")) {
            return Optional.empty();
        }
        try {
            JsonNode json = mapper.readTree(line);
            Class<? extends TrainingEvent> type = switch (json.required(EVENT).asString()) {
                case "started" -> TrainingEvent.Started.class;
                case "progress" -> TrainingEvent.Progress.class;
                case "finished" -> TrainingEvent.Finished.class;
                default -> TrainingEvent.Failed.class;
            };
            return Optional.of(mapper.treeToValue(json, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
