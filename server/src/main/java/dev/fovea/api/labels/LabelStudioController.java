package dev.fovea.api.labels;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.studio.StudioConfig;
import dev.fovea.labels.studio.StudioEvent;
import dev.fovea.labels.studio.StudioImage;
import dev.fovea.labels.studio.StudioRegions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Label Studio's ML-backend protocol for a data set. In Label Studio the address of the model is
 * {@code http://HOST:8080/v1/label-studio/NAME}. Tasks refer to their image by any text with its hash, such as its
 * address here, or contain it as a {@code data:} address; nothing is fetched.
 */
@RestController
public final class LabelStudioController {

    private static final String ALL = "/v1/label-studio/{name}";

    private final Datasets datasets;
    private final Labelling labelling;

    public LabelStudioController(Datasets datasets, Labelling labelling) {
        this.datasets = datasets;
        this.labelling = labelling;
    }

    /** Whether the backend works. */
    @Schema(name = "LabelStudioHealth")
    record Health(String status, String modelVersion) {}

    /** The version of the model that predicts. */
    @Schema(name = "LabelStudioSetup")
    record Setup(String modelVersion) {}

    /** Predictions, a list for each task; a single one for each task of an interactive request. */
    @Schema(name = "LabelStudioPredictions")
    record Predictions(List<Object> results) {}

    /** The prediction for a task. */
    @Schema(name = "LabelStudioPrediction")
    record TaskPrediction(List<Map<String, Object>> result, double score, String modelVersion) {}

    /** What became of an event. */
    @Schema(name = "LabelStudioEvent")
    record EventResult(
            @Schema(description = "Number of annotations that were recorded")
            int recorded,

            @Schema(description = "Number of annotations that were withdrawn")
            int withdrawn) {}

    @GetMapping(ALL + "/health")
    @Operation(operationId = "labelStudioHealth", summary = "Whether a data set can predict for Label Studio")
    Health health(@PathVariable String name) {
        return new Health("UP", model(name));
    }

    @PostMapping(ALL + "/setup")
    @Operation(operationId = "labelStudioSetup", summary = "The model that predicts for a Label Studio project")
    Setup setup(
            @PathVariable String name,
            @RequestBody(required = false) @Schema(type = "object") @org.jspecify.annotations.Nullable
                    JsonNode request) {
        return new Setup(model(name));
    }

    private String model(String name) {
        return labelling.predictor(name).orElse("none");
    }

    @PostMapping(ALL + "/predict")
    @Operation(
            operationId = "labelStudioPredict",
            summary = "Predictions of the data set's prefill model for tasks of Label Studio",
            description =
                    "One list for each task, empty without a prediction, such as for an image that is not in the data set and not in the request. An interactive request, which has a context, gets one prediction for each task instead of a list; it has no regions where nothing is predicted.")
    Predictions predict(@PathVariable String name, @RequestBody @Schema(type = "object") JsonNode request) {
        Optional<StudioConfig> config =
                StudioConfig.read(request.path("label_config").asString(""));
        // Label Studio compares it with that of the setup to see which tasks it already has predictions for
        String model = model(name);
        boolean interactive = request.path("params").path("context").isObject();
        List<Object> predictions = new ArrayList<>();
        for (JsonNode task : request.path("tasks")) {
            Optional<DatasetItem> item = config.isEmpty() ? Optional.empty() : item(name, task);
            Optional<TaskPrediction> prediction = item.flatMap(found -> labelling.predict(name, found))
                    .map(found -> StudioRegions.write(
                            found.value(), config.get(), item.get().image().size()))
                    .map(result -> new TaskPrediction(result, result.isEmpty() ? 0 : 1, model));
            // Label Studio passes the first result of an interactive request on to its editor, which reads its regions
            predictions.add(
                    interactive
                            ? prediction.orElse(new TaskPrediction(List.of(), 0, model))
                            : prediction.stream().toList());
        }
        return new Predictions(predictions);
    }

    @PostMapping(ALL + "/webhook")
    @Operation(
            operationId = "labelStudioWebhook",
            summary = "Take over annotations that were made, changed or deleted in Label Studio",
            description =
                    "The data set records them for the person who made them, so that an API key with a name is refused with 403. One that was deleted or skipped counts no more; its row stays. The same event again records nothing new, and other events change nothing.")
    EventResult webhook(
            @PathVariable String name,
            @RequestBody @Schema(type = "object") JsonNode request,
            HttpServletRequest http) {
        Caller.of(http).requireNameless("Label Studio");
        Dataset dataset = datasets.dataset(name);
        StudioEvent event = StudioEvent.read(name, request);
        int withdrawn = 0;
        for (String origin : event.deleted()) {
            withdrawn += labelling.withdraw(name, origin);
        }
        List<FoveaException> refused = new ArrayList<>();
        for (StudioEvent.StudioLabel made : event.made()) {
            try {
                record(dataset, made);
            } catch (FoveaException e) {
                refused.add(e);
            }
        }
        if (!refused.isEmpty()) {
            throw refused.getFirst();
        }
        return new EventResult(event.made().size(), withdrawn);
    }

    private void record(Dataset dataset, StudioEvent.StudioLabel made) {
        String name = dataset.name();
        JsonNode annotation = made.annotation();
        DatasetItem item = item(name, made.task())
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "The task's image is not in the data set \"%s\". Refer to it by its hash, such as /v1/datasets/%s/items/HASH/image, or as a data: address."
                                .formatted(name, name)));
        AnnotationValue value = StudioRegions.read(
                annotation.path("result"),
                dataset.task().isOfWholeImages(),
                item.image().size());
        var _ = labelling.annotate(
                name,
                item.image().hash(),
                new NewAnnotation(
                        annotator(annotation.path("completed_by")),
                        value,
                        Optional.of(annotation.path("lead_time").asDouble(0))
                                .filter(seconds -> seconds > 0)
                                .map(seconds -> Math.round(seconds * 1000)),
                        Optional.empty(),
                        Optional.of(made.id())),
                Optional.empty());
    }

    private static String annotator(JsonNode completedBy) {
        String email = completedBy.path("email").asString("");
        String id = completedBy.isNumber()
                ? completedBy.toString()
                : completedBy.path("id").toString();
        return email.isEmpty() ? "label-studio " + id : email;
    }

    /** The image of a task; one in the request is added to the data set. */
    private Optional<DatasetItem> item(String name, JsonNode task) {
        for (JsonNode value : task.path("data")) {
            Optional<ContentHash> hash = switch (StudioImage.read(value.asString(""))) {
                case StudioImage.OfDataset stored -> Optional.of(stored.hash());
                case StudioImage.Inline inline -> {
                    var _ = datasets.add(
                            name, List.of(incoming(inline.bytes())), AddOptions.DEFAULT, IngestProgress.SILENT);
                    yield Optional.of(ContentHash.of(inline.bytes()));
                }
                case StudioImage.Unknown _ -> Optional.empty();
            };
            if (hash.isPresent()) {
                return datasets.find(name, hash.get());
            }
        }
        return Optional.empty();
    }

    private static IncomingImage incoming(byte[] bytes) {
        return new IncomingImage(
                "label-studio",
                () -> bytes,
                Optional.empty(),
                Split.UNASSIGNED,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty());
    }
}
