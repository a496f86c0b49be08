package dev.fovea.api;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.api.view.Views;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.DataRoots;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.pipeline.quantization.QuantizationSpec;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.QuantizationJson;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Quantizations are begun here and watched until they end. */
@RestController
public final class QuantizationsController {

    private static final String REFUSED = "refused";

    private final BackgroundRuns<QuantizationSpec, Outcome> runs;
    private final Registry registry;
    private final DataRoots data;

    /** What came out: the new version, or why there is none. */
    private record Outcome(Optional<Integer> version, Optional<String> refused, QuantizationReport report) {
        static Outcome of(ModelQuantization.Result result) {
            return new Outcome(
                    result.version().map(ModelVersion::number),
                    result.refused(),
                    result.verdict().report());
        }
    }

    public QuantizationsController(
            ModelQuantization quantization, InstantSource clock, Registry registry, DataRoots data) {
        this.runs = new BackgroundRuns<>(
                new BackgroundRuns.Kind<>("quantization", "quantized", order -> order.name() + ":" + order.version()),
                (order, progress) -> Outcome.of(quantization.run(order, progress)),
                clock);
        this.registry = registry;
        this.data = data;
    }

    /** What to quantize, on which images, how well. All has a default. */
    @Schema(name = "QuantizationRequest")
    record Order(
            @Schema(description = "Default: the one in production") @Nullable
            Integer version,

            @Schema(
                    description =
                            "The first digits of a data set version's id, or a folder below one of the server's datasets.roots. Default: what the version was trained on")
            @Nullable
            String data,

            @Schema(allowableValues = {"int8", "int8-weights", "fp16"}) @Nullable
            String precision,

            @Schema(description = "How many points of accuracy may be lost. Default: 0.5") @Nullable
            Double margin,

            @Nullable String note) {}

    @PostMapping("/v1/models/{name}/quantizations")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "quantize",
            summary =
                    "Begin to make a smaller version, which is registered as a candidate if it loses no more than the margin")
    Views.QuantizationRun quantize(@PathVariable String name, @RequestBody(required = false) @Nullable Order stated) {
        Order order = Objects.requireNonNullElse(stated, new Order(null, null, null, null, null));
        double margin = Objects.requireNonNullElse(order.margin(), AcceptanceCriteria.DEFAULT.points());
        if (!(margin >= 0 && margin <= 100)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"margin\" is %s; it must be points from 0 to 100.".formatted(margin));
        }
        String note = text(order.note());
        Registry.requireReason(note);
        QuantizationSpec wanted = new QuantizationSpec(
                name,
                version(name, order.version()),
                data.require(text(order.data())),
                order.precision() == null ? Precision.INT8 : Precision.of(order.precision()),
                new AcceptanceCriteria(margin),
                note);
        return view(runs.start(UlidCreator.getMonotonicUlid().toString(), wanted));
    }

    private int version(String name, @Nullable Integer stated) {
        RegisteredModel model = registry.model(name);
        return stated == null
                ? model.alias(Alias.PRODUCTION)
                        .map(ModelVersion::number)
                        .orElseThrow(() -> new FoveaException(
                                ErrorCode.STATE_CONFLICT,
                                "%s has no version in production. Name one as \"version\".".formatted(name)))
                : model.version(stated).number();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    @GetMapping("/v1/quantizations")
    @Operation(operationId = "listQuantizations", summary = "The last quantizations that this server was asked for")
    Views.QuantizationRuns recent() {
        return new Views.QuantizationRuns(
                runs.recent().stream().map(run -> view(run, Optional.empty())).toList());
    }

    @GetMapping("/v1/quantizations/{id}")
    @Operation(operationId = "getQuantization", summary = "How far a quantization has come, and what was found out")
    Views.QuantizationRun one(@PathVariable String id) {
        return view(runs.run(id));
    }

    @DeleteMapping("/v1/quantizations/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "cancelQuantization",
            summary = "End a quantization at its next step; nothing of it is registered")
    Views.QuantizationRun cancel(@PathVariable String id) {
        BackgroundRuns.Run<QuantizationSpec, Outcome> run = runs.run(id);
        runs.cancel(id);
        return view(run);
    }

    private static Views.QuantizationRun view(BackgroundRuns.Run<QuantizationSpec, Outcome> run) {
        return view(run, run.result().map(Outcome::report));
    }

    private static Views.QuantizationRun view(
            BackgroundRuns.Run<QuantizationSpec, Outcome> run, Optional<QuantizationReport> report) {
        boolean isMade = isMadeAlready(run);
        return new Views.QuantizationRun(
                run.id(),
                run.order().name(),
                run.order().version(),
                new Views.QuantizationRun.Order(
                        run.order().precision().toString(), run.order().data()),
                isMade ? REFUSED : state(run),
                new Views.QuantizationRun.Times(run.started(), run.ended()),
                new Views.QuantizationRun.Progress(
                        run.step().name(), run.step().done(), run.step().of()),
                new Views.QuantizationRun.Outcome(
                        run.result().flatMap(Outcome::version),
                        isMade
                                ? run.failure().map(BackgroundRuns.Failure::message)
                                : run.result().flatMap(Outcome::refused).or(run::message),
                        report.map(QuantizationJson::tree)));
    }

    private static String state(BackgroundRuns.Run<QuantizationSpec, Outcome> run) {
        return run.result()
                .map(outcome -> outcome.version().isPresent() ? "registered" : REFUSED)
                .orElse(run.state().word());
    }

    /** The same version was made before, so that nothing is registered again. */
    private static boolean isMadeAlready(BackgroundRuns.Run<QuantizationSpec, Outcome> run) {
        return run.failure()
                .filter(failure -> failure.code() == ErrorCode.STATE_CONFLICT)
                .isPresent();
    }
}
