package dev.fovea.api.labels;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.studio.StudioConfig;
import dev.fovea.labels.studio.StudioImage;
import dev.fovea.labels.studio.StudioRegions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Set<String> RECORDED = Set.of("ANNOTATION_CREATED", "ANNOTATION_UPDATED");

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

    /** Predictions, one for each task. */
    @Schema(name = "LabelStudioPredictions")
    record Predictions(List<TaskPrediction> results) {}

    /** The prediction for a task. */
    @Schema(name = "LabelStudioPrediction")
    record TaskPrediction(List<Map<String, Object>> result, double score, String modelVersion) {}

    /** What became of an event. */
    @Schema(name = "LabelStudioEvent")
    record EventResult(
            @Schema(description = "Whether an annotation was recorded")
            boolean recorded) {}

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
        return labelling.settings(name).prefillModel().orElse("none");
    }

    @PostMapping(ALL + "/predict")
    @Operation(
            operationId = "labelStudioPredict",
            summary = "Predictions of the data set's prefill model for tasks of Label Studio",
            description = "A task whose image is not in the data set and not in the request gets an empty result.")
    Predictions predict(@PathVariable String name, @RequestBody @Schema(type = "object") JsonNode request) {
        Optional<StudioConfig> config =
                StudioConfig.read(request.path("label_config").asString(""));
        List<TaskPrediction> predictions = new ArrayList<>();
        for (JsonNode task : request.path("tasks")) {
            Optional<DatasetItem> item = item(name, task);
            Optional<Prefill> prediction = item.flatMap(found -> labelling.predict(name, found));
            List<Map<String, Object>> result = prediction.isEmpty() || config.isEmpty()
                    ? List.of()
                    : StudioRegions.write(
                            prediction.get().value(),
                            config.get(),
                            item.get().image().size());
            predictions.add(new TaskPrediction(
                    result,
                    result.isEmpty() ? 0 : 1,
                    prediction.map(Prefill::model).orElse(model(name))));
        }
        return new Predictions(predictions);
    }

    @PostMapping(ALL + "/webhook")
    @Operation(
            operationId = "labelStudioWebhook",
            summary = "Take an annotation over that was made or changed in Label Studio",
            description =
                    "The data set records it for the person who made it. The same event again records nothing new, and other events change nothing.")
    EventResult webhook(@PathVariable String name, @RequestBody @Schema(type = "object") JsonNode request) {
        Dataset dataset = datasets.dataset(name);
        JsonNode annotation = request.path("annotation");
        if (!RECORDED.contains(request.path("action").asString(""))
                || annotation.path("was_cancelled").asBoolean(false)) {
            return new EventResult(false);
        }
        DatasetItem item = item(name, request.path("task"))
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
                        Optional.of("label-studio %s %s %s"
                                .formatted(
                                        name,
                                        annotation
                                                .path("id")
                                                .asString(annotation.path("id").toString()),
                                        annotation.path("updated_at").asString("")))),
                Optional.empty());
        return new EventResult(true);
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
