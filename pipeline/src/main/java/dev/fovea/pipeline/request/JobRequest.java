package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * A job request, the same on the command line, in the API and in storage. Files and folders are number by path. Empty
 * values have the defaults of the command of the same name.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainRequest.class, name = "train"),
    @JsonSubTypes.Type(value = AnomalyRequest.class, name = "train-anomaly"),
    @JsonSubTypes.Type(value = DetectorRequest.class, name = "train-detector"),
    @JsonSubTypes.Type(value = MultiTaskRequest.class, name = "train-multi-task"),
    @JsonSubTypes.Type(value = SearchRequest.class, name = "train-search"),
    @JsonSubTypes.Type(value = ImportRequest.class, name = "import"),
    @JsonSubTypes.Type(value = QuantizeRequest.class, name = "quantize"),
    @JsonSubTypes.Type(value = EvaluateRequest.class, name = "evaluate"),
    @JsonSubTypes.Type(value = TuneRequest.class, name = "tune"),
    @JsonSubTypes.Type(value = CascadeRequest.class, name = "cascade"),
    @JsonSubTypes.Type(value = CheckRequest.class, name = "check"),
    @JsonSubTypes.Type(value = DiagnoseRequest.class, name = "diagnose")
})
public sealed interface JobRequest
        permits TrainRequest,
                AnomalyRequest,
                DetectorRequest,
                MultiTaskRequest,
                SearchRequest,
                ImportRequest,
                QuantizeRequest,
                EvaluateRequest,
                TuneRequest,
                CascadeRequest,
                CheckRequest,
                DiagnoseRequest {

    String DATA =
            "The first digits of an image list's id, or a folder; over the API one below the server's datasets.roots";

    /** The job type, as {@code train}. */
    default String work() {
        return switch (this) {
            case TrainRequest _ -> "train";
            case AnomalyRequest _ -> "train-anomaly";
            case DetectorRequest _ -> "train-detector";
            case MultiTaskRequest _ -> "train-multi-task";
            case SearchRequest _ -> "train-search";
            case ImportRequest _ -> "import";
            case QuantizeRequest _ -> "quantize";
            case EvaluateRequest _ -> "evaluate";
            case TuneRequest _ -> "tune";
            case CascadeRequest _ -> "cascade";
            case CheckRequest _ -> "check";
            case DiagnoseRequest _ -> "diagnose";
        };
    }

    /** The model, or the file that contains its name. */
    String subject();

    /** {@code ARGUMENT_INVALID} for values that are missing, out of range, or contradict each other. */
    default void validate() {
        JobRequestCheck.check(this);
    }

    /** The same with each path replaced. */
    JobRequest withPaths(RequestPaths paths);

    static String text(String value) {
        return value == null ? "" : value.strip();
    }

    static <T> Optional<T> optional(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    static String subject(String model, Optional<Integer> version) {
        return model + version.map(number -> ":" + number).orElse("");
    }

    static String data(RequestPaths paths, String field, String path) {
        return path.isEmpty() ? path : paths.data(field, path);
    }

    static String file(RequestPaths paths, String field, String path) {
        return path.isEmpty() ? path : paths.file(field, path);
    }
}
