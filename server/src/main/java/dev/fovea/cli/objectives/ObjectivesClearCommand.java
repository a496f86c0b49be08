package dev.fovea.cli.objectives;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ServiceLevels;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.server.ServiceLevelParts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea objectives clear}. */
@Command(
        name = "clear",
        description = {"Takes objectives of a model back; without names all of them. The history stays."},
        footer = {"", "Example:  fovea objectives clear shirts p95 recall:crack"})
final class ObjectivesClearCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1..*",
            paramLabel = "OBJECTIVE",
            arity = "0..*",
            description = "As fovea objectives show names it: p95, recall:crack.")
    private List<String> objectives = List.of();

    @Override
    public Integer call() {
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            ServiceLevels levels = ServiceLevelParts.levels(application, parts);
            ServiceObjectives before = levels.objectives(name);
            Set<String> known = before.objectives().stream()
                    .map(Objective::name)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (String objective : objectives) {
                if (!known.contains(objective)) {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "%s has no objective \"%s\"; it has %s."
                                    .formatted(
                                            name,
                                            Printable.brief(objective),
                                            known.isEmpty() ? "none" : String.join(", ", known)));
                }
            }
            ServiceObjectives after = before.without(objectives.isEmpty() ? known : Set.copyOf(objectives));
            levels.change(name, after);
            ObjectivesText.of(name, after).forEach(terminal()::say);
            return 0;
        }
    }
}
