package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.LabelPlanList;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea accuracy plans}. */
@Command(
        name = "plans",
        description = "Lists the label plans of a version, the newest first, and how many of their labels are there.",
        footer = {"", "Example:  fovea accuracy plans shirts"})
final class AccuracyPlansCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(names = "--model-version", paramLabel = "N", description = "The version (default: the one in production).")
    private @Nullable Integer version;

    @Option(names = "--json", description = "Print the result as JSON, with the requests that have no label yet.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            LabelPlanList list = parts.planning()
                    .plans(AccuracyWindow.version(application.registry().model(model), version));
            if (json) {
                terminal.json(list);
                return 0;
            }
            if (list.plans().isEmpty()) {
                terminal.say("There are no label plans. Draw one: fovea accuracy plan %s --within 2".formatted(model));
                return 0;
            }
            TextTable table = new TextTable("PLAN", "MADE", "FROM", "TO", "PREDICTIONS", "WITHIN", "LABELLED", "LEFT");
            list.plans()
                    .forEach(plan -> table.row(
                            plan.id(),
                            plan.made(),
                            plan.from(),
                            plan.to(),
                            String.format(Locale.ROOT, "%,d", plan.population()),
                            String.format(Locale.ROOT, "%.1f points", plan.within() * 100),
                            String.format(Locale.ROOT, "%,d", plan.labelled()),
                            String.format(Locale.ROOT, "%,d", plan.toLabel().size())));
            terminal.say(table.toString());
            return 0;
        }
    }
}
