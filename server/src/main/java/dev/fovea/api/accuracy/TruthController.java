package dev.fovea.api.accuracy;

import dev.fovea.api.data.Required;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.pipeline.retention.LabelledTruths;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.truth.ReportedTruths;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabelsDocument;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthConflict;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthReceipt;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.Truths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** True labels of predicted images. */
@RestController
public final class TruthController {

    private static final String TRUTH = "/v1/models/{name}/truth";
    private static final int CONFLICTS = 100;

    private final Registry registry;
    private final Truths truths;
    private final LabelledTruths labelled;
    private final Clock clock;

    public TruthController(Registry registry, Truths truths, LabelledTruths labelled, Clock clock) {
        this.labelled = labelled;
        this.registry = registry;
        this.truths = truths;
        this.clock = clock;
    }

    /**
     * True labels of one request; exactly one of label, labels and boxes.
     *
     * @param requestId the id that the response had
     * @param label of a classifier's image
     * @param labels of an image of a classifier with several labels
     * @param boxes of a detector's image, in shares of the image
     */
    @Schema(name = "TrueLabelsRequest")
    record TruthOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String requestId,

            @Nullable String label,
            @Nullable List<String> labels,
            @Nullable List<TrueBox> boxes) {

        Truth truth(Instant received) {
            String id = Required.field("request_id", requestId);
            if (id.isBlank() || !Printable.isPlain(id)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"request_id\" is \"%s\"; give the id that the response had.".formatted(Printable.brief(id)));
            }
            return new Truth(
                    id,
                    new TrueLabelsDocument(
                                    Optional.ofNullable(label), Optional.ofNullable(labels), Optional.ofNullable(boxes))
                            .toLabels(),
                    TruthSource.REPORTED,
                    received);
        }
    }

    /**
     * True labels of requests.
     *
     * @param truths at least one
     * @param replace whether labels that contradict those that stand take their place; otherwise they are counted as
     *     conflicts
     */
    @Schema(name = "TruthRequest")
    record TruthsOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<TruthOrder> truths,

            @Nullable Boolean replace) {}

    /**
     * What became of the true labels of a model.
     *
     * @param counts since it has any
     * @param conflicts the newest
     * @param waiting ids of requests whose labels are not joined, at most 20
     */
    @Schema(name = "TruthState")
    record TruthView(TruthCounts counts, List<ConflictView> conflicts, List<String> waiting) {}

    /** Labels that contradict each other; the first stand. */
    @Schema(name = "TruthConflict")
    record ConflictView(String requestId, String stands, String refused, Instant received) {

        static ConflictView of(TruthConflict conflict) {
            return new ConflictView(
                    conflict.request(),
                    conflict.stands().json(),
                    conflict.refused().json(),
                    conflict.received());
        }
    }

    @PostMapping(path = TRUTH, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "addTruth",
            summary = "Report what was true of predicted images, by request id",
            description =
                    "All or none are added. They are joined to the version that predicted; those whose prediction is not found wait for it.")
    TruthReceipt add(@PathVariable String name, @RequestBody TruthsOrder order) {
        Instant now = clock.instant();
        List<Truth> given = Required.field("truths", order.truths()).stream()
                .map(one -> one.truth(now))
                .toList();
        if (given.isEmpty()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "\"truths\" is empty. Give at least one.");
        }
        return truths.add(name, given, Boolean.TRUE.equals(order.replace()));
    }

    @PostMapping(path = TRUTH, consumes = "text/csv")
    @Operation(
            operationId = "addTruthFile",
            summary = "Report what was true of predicted images as CSV, with the columns request_id and label",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @io.swagger.v3.oas.annotations.media.Content(
                                            mediaType = "text/csv",
                                            schema = @Schema(type = "string"))))
    TruthReceipt addFile(
            @PathVariable String name,
            @Parameter(description = "Whether labels that contradict those that stand take their place")
                    @RequestParam(defaultValue = "false")
                    boolean replace,
            HttpServletRequest http)
            throws IOException {
        boolean multiLabel = Truths.isMultiLabel(registry.model(name));
        BufferedReader csv = new BufferedReader(new InputStreamReader(http.getInputStream(), StandardCharsets.UTF_8));
        return truths.add(name, ReportedTruths.read(csv, multiLabel, clock.instant()), replace);
    }

    /**
     * Labels to take over from a data set.
     *
     * @param dataset the data set; without it all that have kept images of the model
     * @param replace whether labels that contradict those that stand take their place
     */
    @Schema(name = "LabelledTruthRequest")
    record LabelledOrder(@Nullable String dataset, @Nullable Boolean replace) {}

    @PostMapping(TRUTH + "/labelled")
    @Operation(
            operationId = "addLabelledTruth",
            summary = "Take over the labels that people gave to kept images of the model's traffic",
            description =
                    "A server does so within seconds by itself. A label that changed replaces the earlier one; one that contradicts a reported one is counted as a conflict.")
    LabelledTruths.LabelledReceipt addLabelled(@PathVariable String name, @RequestBody LabelledOrder order) {
        return labelled.add(name, Optional.ofNullable(order.dataset()), true, Boolean.TRUE.equals(order.replace()));
    }

    @GetMapping(TRUTH)
    @Operation(
            operationId = "getTruth",
            summary = "What became of the true labels of a model: joined, waiting, repeated and conflicting ones")
    TruthView state(@PathVariable String name) {
        String model = registry.model(name).name();
        Truths.JoinedTruths settlement = truths.settle(model);
        Stream<String> waiting = truths.store().waiting(model).keySet().stream().sorted();
        return new TruthView(
                settlement.counts(truths.store().counts(model)),
                truths.store().conflicts(model, CONFLICTS).stream()
                        .map(ConflictView::of)
                        .toList(),
                waiting.limit(TruthReceipt.EXAMPLES).toList());
    }
}
