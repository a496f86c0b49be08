package dev.fovea.api;

import dev.fovea.api.view.ExperimentOrders;
import dev.fovea.api.view.ExperimentViews;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.Experiments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Experiments over several versions. */
@RestController
public final class ExperimentsController {

    private static final String EXPERIMENT = "/v1/models/{name}/experiment";
    private static final int MAX_PAGE = 100;

    private final Experiments experiments;

    public ExperimentsController(Experiments experiments) {
        this.experiments = experiments;
    }

    private ExperimentViews.ExperimentView view(Experiment experiment) {
        return ExperimentViews.of(experiment, experiments.sums(experiment));
    }

    @GetMapping(EXPERIMENT)
    @Operation(operationId = "getExperiment", summary = "The experiment under way, else the last one")
    ExperimentViews.ExperimentView experiment(@PathVariable String name) {
        return view(experiments.latest(name));
    }

    @GetMapping("/v1/models/{name}/experiments")
    @Operation(operationId = "listExperiments", summary = "Experiments of a model, newest first")
    ExperimentViews.ExperimentPage experiments(
            @PathVariable String name,
            @Parameter(description = "Experiments to show, 1 to 100") @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"limit\" is %d; it must be from 1 to %d.".formatted(limit, MAX_PAGE));
        }
        return new ExperimentViews.ExperimentPage(
                experiments.list(name, limit).stream().map(this::view).toList());
    }

    @PostMapping(EXPERIMENT)
    @Operation(
            operationId = "startExperiment",
            summary = "Share traffic out over versions and compare them by a business figure",
            description =
                    "Without horizon.units the experiment is sequential: its intervals may be looked at any time. With it, results are shown once, when that number of units has settled. The error rate is that of all pairs of versions and all looks together.")
    ExperimentViews.ExperimentView start(
            @PathVariable String name, @RequestBody ExperimentOrders.ExperimentOrder order, HttpServletRequest http) {
        return view(experiments.start(
                name,
                order.design(),
                Caller.of(http).author(),
                order.reason() == null ? "" : order.reason().strip()));
    }

    @PostMapping(EXPERIMENT + "/plan")
    @Operation(
            operationId = "planExperiment",
            summary = "Compute how many units and days an experiment takes, before it starts",
            description = "What usual leaves out is measured over the last days. Nothing is started.")
    ExperimentViews.PlanView plan(@PathVariable String name, @RequestBody ExperimentOrders.ExperimentPlanOrder order) {
        return ExperimentViews.PlanView.of(experiments.plan(name, order.design(), order.known()));
    }

    @PostMapping(EXPERIMENT + "/stop")
    @Operation(operationId = "stopExperiment", summary = "End the experiment and give production all traffic again")
    ExperimentViews.ExperimentView stop(
            @PathVariable String name,
            @RequestBody(required = false) RolloutsController.@Nullable RolloutReason order,
            HttpServletRequest http) {
        return view(experiments.stop(name, Caller.of(http).author(), RolloutsController.RolloutReason.of(order)));
    }
}
