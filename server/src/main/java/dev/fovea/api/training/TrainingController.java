package dev.fovea.api.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.DataRoots;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.pipeline.run.TrainingRuns;
import dev.fovea.pipeline.weights.BackboneFolder;
import dev.fovea.pipeline.weights.KnownBackbones;
import dev.fovea.registry.Alias;
import dev.fovea.registry.Registry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs of trainings, and the networks that trainings start from. */
@RestController
public final class TrainingController {

    private static final int MAX_LISTED = 500;
    private static final String TENSORS = "tensors";

    private final TrainingRuns runs;
    private final Registry registry;
    private final BackboneFolder backbones;
    private final DataRoots roots;

    public TrainingController(TrainingRuns runs, Registry registry, BackboneFolder backbones, DataRoots roots) {
        this.runs = runs;
        this.registry = registry;
        this.backbones = backbones;
        this.roots = roots;
    }

    @GetMapping("/v1/runs")
    @Operation(
            operationId = "listRuns",
            summary = "The newest runs of trainings, without their curves",
            description =
                    "Each training is on record as a run: parameters, metrics, tags and curves. A run outlives its job and is deleted with its version.")
    RunViews.RunList list(
            @Parameter(description = "Runs of this model only") @RequestParam Optional<String> model,
            @Parameter(description = "Runs of this job only") @RequestParam Optional<String> job,
            @Parameter(description = "Runs to list, 1 to 500") @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d; it must be from 1 to %d.".formatted(limit, MAX_LISTED));
        }
        return new RunViews.RunList(runs.newest(new RunStore.RunFilter(model, job), limit).stream()
                .map(run -> RunViews.RunView.of(run, roots::shown))
                .toList());
    }

    @GetMapping("/v1/runs/{id}")
    @Operation(operationId = "getRun", summary = "A run with its curves; they grow while it trains")
    RunViews.RunDetails one(@PathVariable String id) {
        return RunViews.RunDetails.of(runs.run(id), roots::shown);
    }

    @GetMapping("/v1/backbones")
    @Operation(
            operationId = "listBackbones",
            summary = "Networks with learned weights that trainings start from",
            description =
                    "The catalogue, what was imported, and the models that take images: the version in production, else the newest. The server fetches nothing: fovea backbones add does.")
    BackboneViews.BackboneList backbones() {
        return new BackboneViews.BackboneList(Stream.concat(
                        KnownBackbones.of(backbones).stream().map(BackboneViews.BackboneView::of),
                        registry.models().stream()
                                .flatMap(model -> model.alias(Alias.PRODUCTION).or(model::latest).stream())
                                .filter(version ->
                                        !version.registration().task().equals(TENSORS))
                                .map(BackboneViews.BackboneView::of))
                .toList());
    }
}
