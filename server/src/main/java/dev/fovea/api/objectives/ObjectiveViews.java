package dev.fovea.api.objectives;

import dev.fovea.api.data.Required;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the API shows and takes of objectives. */
public final class ObjectiveViews {

    private ObjectiveViews() {}

    /**
     * What was promised of a model.
     *
     * @param cpuHourPrice of one processor for an hour, in the currency of the cost; absent when none is stated, and
     *     then a cost has no verdict; 0 where processors cost nothing
     */
    @Schema(name = "Objectives")
    public record ObjectivesView(List<ObjectiveView> objectives, Optional<Double> cpuHourPrice) {}

    /**
     * An objective.
     *
     * @param name unique in a model: {@code p95}, {@code recall:crack}
     * @param indicator {@code availability}, {@code error-rate}, {@code p95}, {@code p99}, {@code accuracy},
     *     {@code precision}, {@code recall} or {@code cost}
     * @param label the class of precision and recall
     * @param target in its unit
     * @param unit {@code %}, {@code ms}, or empty for an amount of money
     */
    @Schema(name = "Objective")
    public record ObjectiveView(String name, String indicator, Optional<String> label, double target, String unit) {}

    /** Objectives that replace those of a model. */
    @Schema(name = "ObjectivesRequest")
    public record ObjectivesOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<ObjectiveOrder> objectives,

            @Nullable Double cpuHourPrice) {}

    /** One of them. */
    @Schema(name = "ObjectiveRequest")
    public record ObjectiveOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String indicator,

            @Nullable String label,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double target) {}

    public static ObjectivesView of(ServiceObjectives objectives) {
        return new ObjectivesView(
                objectives.objectives().stream().map(ObjectiveViews::of).toList(), objectives.cpuHourPrice());
    }

    static ObjectiveView of(Objective objective) {
        return new ObjectiveView(
                objective.name(),
                objective.indicator().word(),
                objective.label(),
                objective.target(),
                objective.indicator().unit());
    }

    static ServiceObjectives objectives(ObjectivesOrder order) {
        return new ServiceObjectives(
                Required.field("objectives", order.objectives()).stream()
                        .map(ObjectiveViews::objective)
                        .toList(),
                Optional.ofNullable(order.cpuHourPrice()));
    }

    private static Objective objective(ObjectiveOrder order) {
        return new Objective(
                indicator(Required.field("indicator", order.indicator())),
                Optional.ofNullable(order.label()),
                Required.field("target", order.target()));
    }

    private static Indicator indicator(String word) {
        return Arrays.stream(Indicator.values())
                .filter(indicator -> indicator.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The indicator \"%s\" is unknown. Give one of %s."
                                .formatted(
                                        Printable.brief(word),
                                        Arrays.stream(Indicator.values())
                                                .map(Indicator::word)
                                                .collect(Collectors.joining(", ")))));
    }
}
