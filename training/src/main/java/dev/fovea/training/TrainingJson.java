package dev.fovea.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.Sha256;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What passes between a training process and the one that started it: the request as a file, events as lines. */
final class TrainingJson {

    private static final String EVENT = "event";

    /** The events' names. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = EVENT)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TrainingEvent.Started.class, name = "started"),
        @JsonSubTypes.Type(value = TrainingEvent.Progress.class, name = "progress"),
        @JsonSubTypes.Type(value = TrainingEvent.MeasuredSteps.class, name = "measured"),
        @JsonSubTypes.Type(value = TrainingEvent.Validated.class, name = "validated"),
        @JsonSubTypes.Type(value = TrainingEvent.MemoryPlanned.class, name = "memory-planned"),
        @JsonSubTypes.Type(value = TrainingEvent.MemoryUsed.class, name = "memory"),
        @JsonSubTypes.Type(value = TrainingEvent.Finished.class, name = "finished"),
        @JsonSubTypes.Type(value = TrainingEvent.TrainingFailed.class, name = "failed")
    })
    private interface Named {}

    /** The request with its contract as that is written everywhere. */
    private record TrainingDocument(
            Path initialModel,
            Path output,
            JsonNode contract,
            List<String> labels,
            List<Sample> training,
            List<Sample> validation,
            TrainingSettings settings) {}

    private final Json requests = Json.of("request", ErrorCode.ARGUMENT_INVALID);
    private final Json events =
            Json.of(EVENT, ErrorCode.TRAINING_FAILED).with(mapper -> mapper.addMixIn(TrainingEvent.class, Named.class));

    String request(TrainingRequest request) {
        return requests.write(new TrainingDocument(
                request.initialModel(),
                request.output(),
                PreprocessingContractJson.tree(request.contract()),
                request.labels(),
                request.training(),
                request.validation(),
                request.settings()));
    }

    TrainingRequest request(String text) {
        TrainingDocument document = requests.read(text, TrainingDocument.class);
        return new TrainingRequest(
                document.initialModel(),
                document.output(),
                PreprocessingContractJson.read(document.contract()),
                document.labels(),
                document.training(),
                document.validation(),
                document.settings());
    }

    /** What the result depends on, but for the time: equal for the same images, network and settings. */
    String key(TrainingRequest request, OnnxModel initial) {
        TrainingSettings settings = request.settings().withTimeBudget(Duration.ofDays(1));
        String text = requests.write(new TrainingDocument(
                Path.of(""),
                Path.of(""),
                PreprocessingContractJson.tree(request.contract()),
                request.labels(),
                named(request.training()),
                named(request.validation()),
                settings));
        return Sha256.of(initial.bytes()) + "-" + Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Images of a data set lie in a folder of their own for each training. */
    private static List<Sample> named(List<Sample> samples) {
        return samples.stream()
                .map(each -> new Sample(each.image().getFileName(), each.label(), each.softLabel(), each.taught()))
                .toList();
    }

    /** One line. */
    String event(TrainingEvent event) {
        return events.write(event);
    }

    /** The event of a line; empty for a line that is something else, such as a library's chatter. */
    Optional<TrainingEvent> event(String line) {
        if (!line.startsWith("{\"" + EVENT + "\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(events.read(line, TrainingEvent.class));
        } catch (FoveaException e) {
            return Optional.empty();
        }
    }
}
