package dev.fovea.api;

import dev.fovea.api.view.ComparisonViews;
import dev.fovea.api.view.EvaluationViews;
import dev.fovea.evaluation.DetectedObject;
import dev.fovea.evaluation.DetectorEvaluationComparison;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationComparison;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageFilter;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Evaluations on record; each number leads to its images. */
@RestController
public final class EvaluationsController {

    private static final String ALL = "/v1/models/{name}/versions/{version}/evaluations";
    private static final String ONE = ALL + "/{id}";
    private static final int MOST_PER_PAGE = 500;

    private final EvaluationStore store;
    private final Registry registry;

    public EvaluationsController(EvaluationStore store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    @GetMapping(ALL)
    @Operation(
            operationId = "listEvaluations",
            summary = "The evaluations of a version, the newest first, without their reports",
            description = "POST /v1/jobs with type evaluate makes one.")
    EvaluationViews.Runs list(@PathVariable String name, @PathVariable int version) {
        registry.version(name, version);
        return new EvaluationViews.Runs(store.list(name, version).stream()
                .map(evaluation -> EvaluationMapper.view(evaluation, false))
                .toList());
    }

    @GetMapping(ONE)
    @Operation(operationId = "getEvaluation", summary = "An evaluation and its report")
    EvaluationViews.Run one(@PathVariable String name, @PathVariable int version, @PathVariable String id) {
        return EvaluationMapper.view(recorded(name, version, id), true);
    }

    @GetMapping(ONE + "/images")
    @Operation(
            operationId = "listEvaluationImages",
            summary = "The images behind a number of an evaluation, with thumbnails",
            description =
                    "A cell of the confusion matrix: truth and predicted. A class: truth. Its false alarms: predicted and correct=false. For a detector: object=missed with truth, object=false_positive with predicted. Parameters that are not stated match all images.")
    EvaluationViews.Images images(
            @PathVariable String name,
            @PathVariable int version,
            @PathVariable String id,
            @Parameter(description = "The label that the image shows") @RequestParam(required = false) @Nullable
                    String truth,
            @Parameter(description = "The label that was predicted") @RequestParam(required = false) @Nullable
                    String predicted,
            @Parameter(description = "Whether nothing about the image is wrong")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean correct,
            @Parameter(description = "For a detector: found, false_positive or missed")
                    @RequestParam(required = false)
                    @Nullable
                    String object,
            @Parameter(description = "From 1") @RequestParam(defaultValue = "1") int page,
            @Parameter(description = "Images per page, 1 to 500") @RequestParam(defaultValue = "60") int size) {
        Evaluation evaluation = recorded(name, version, id);
        ImageFilter filter = new ImageFilter(
                Optional.ofNullable(truth),
                Optional.ofNullable(predicted),
                Optional.ofNullable(correct),
                Optional.ofNullable(object).map(word -> constant(DetectedObject.MatchOutcome.class, "object", word)));
        List<EvaluatedImage> matching = store.images(id).stream()
                .filter(image -> filter.matches(image.result()))
                .toList();
        return new EvaluationViews.Images(
                matching.size(),
                page,
                pages(matching.size(), size),
                page(matching, page, size).stream()
                        .map(image -> EvaluationMapper.view(evaluation, image))
                        .toList());
    }

    @GetMapping(path = ONE + "/images/{number}/thumbnail", produces = MediaType.IMAGE_JPEG_VALUE)
    @Operation(operationId = "getEvaluationThumbnail", summary = "A small upright JPEG of an image of an evaluation")
    ResponseEntity<byte[]> thumbnail(
            @PathVariable String name, @PathVariable int version, @PathVariable String id, @PathVariable int number) {
        recorded(name, version, id);
        EvaluatedImage.Thumbnail place = store.image(id, number)
                .flatMap(EvaluatedImage::thumbnail)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND, "The evaluation keeps no thumbnail of an image %d.".formatted(number)));
        byte[] pack = store.pack(place.pack());
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .body(Arrays.copyOfRange(pack, place.offset(), place.offset() + place.length()));
    }

    @GetMapping("/v1/models/{name}/comparison")
    @Operation(
            operationId = "compareEvaluations",
            summary = "Two evaluations on the same images: paired figures and the images that differ",
            description =
                    "Both are evaluations of versions of this model; images are matched by content. Training a later version records one of each kind, with origins train and compare. Of detectors, detection holds the figures, and an image is fixed when the candidate makes fewer errors on it.")
    ComparisonViews.Compared compare(
            @PathVariable String name,
            @Parameter(description = "Id of the evaluation of the version to beat") @RequestParam String baseline,
            @Parameter(description = "Id of the evaluation of the other version") @RequestParam String candidate,
            @Parameter(description = "fixed, broken or otherwise_wrong") @RequestParam(required = false) @Nullable
                    String change,
            @Parameter(description = "From 1") @RequestParam(defaultValue = "1") int page,
            @Parameter(description = "Images per page, 1 to 500") @RequestParam(defaultValue = "60") int size) {
        Evaluation one = recorded(name, baseline);
        Evaluation other = recorded(name, candidate);
        RecordedComparison comparison = RecordedComparison.of(one, other, store);
        Optional<RecordedComparison.ImageChange> wanted =
                Optional.ofNullable(change).map(word -> constant(RecordedComparison.ImageChange.class, "change", word));
        List<RecordedComparison.ImageDifference> matching = comparison.differing().stream()
                .filter(difference -> wanted.isEmpty() || difference.change() == wanted.orElseThrow())
                .toList();
        return new ComparisonViews.Compared(
                one.id(),
                other.id(),
                Optional.of(comparison)
                        .filter(EvaluationComparison.class::isInstance)
                        .map(EvaluationTrees::of),
                Optional.of(comparison)
                        .filter(DetectorEvaluationComparison.class::isInstance)
                        .map(EvaluationTrees::of),
                comparison.sentence(),
                new ComparisonViews.Compared.Page(matching.size(), page, pages(matching.size(), size)),
                page(matching, page, size).stream()
                        .map(difference -> EvaluationMapper.view(one, other, difference))
                        .toList());
    }

    private Evaluation recorded(String name, int version, String id) {
        registry.version(name, version);
        return store.find(id)
                .filter(evaluation -> isOf(evaluation, name, version))
                .orElseThrow(() -> unknown(name, version, id));
    }

    private Evaluation recorded(String name, String id) {
        registry.model(name);
        return store.find(id)
                .filter(evaluation -> evaluation.model().equals(name))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "%s has no evaluation \"%s\" on record; GET …/versions/N/evaluations lists them."
                                .formatted(name, id)));
    }

    private static boolean isOf(Evaluation evaluation, String name, int version) {
        return evaluation.model().equals(name) && evaluation.version() == version;
    }

    private static FoveaException unknown(String name, int version, String id) {
        return new FoveaException(
                ErrorCode.NOT_FOUND,
                "Version %d of %s has no evaluation \"%s\"; GET …/versions/%d/evaluations lists them."
                        .formatted(version, name, id, version));
    }

    private static int pages(int total, int size) {
        requireIn("size", size, MOST_PER_PAGE);
        return Math.max(1, Math.ceilDiv(total, size));
    }

    private static <T> List<T> page(List<T> all, int page, int size) {
        requireIn("page", page, Integer.MAX_VALUE);
        long from = Math.min(all.size(), (page - 1L) * size);
        return all.subList((int) from, (int) Math.min(all.size(), from + size));
    }

    private static void requireIn(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"%s\" is %d; it must be from 1 to %d.".formatted(name, value, most));
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String parameter, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"%s\" is \"%s\"; it must be one of %s."
                                .formatted(
                                        parameter,
                                        word,
                                        Arrays.stream(type.getEnumConstants())
                                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", ")))));
    }
}
