package dev.fovea.cli.experiment;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.rollout.experiment.ExperimentPlan;
import dev.fovea.rollout.experiment.ExperimentText;
import dev.fovea.server.Application;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea experiment plan}. */
@Command(
        name = "plan",
        description = {
            "Computes how many units an experiment takes, and how many days at the measured traffic.",
            "A unit is a request key, or a request without one. Nothing is started."
        },
        footer = {
            "",
            "Example:  fovea experiment plan shirts --variant 2 --figure orders --effect 0.01",
            "          fovea experiment plan shirts --variant 2 --variant 3 --figure revenue --number \\",
            "              --effect 0.5 --mean 3 --deviation 12 --per-day 20000"
        })
final class ExperimentPlanCommand extends HomeCommand {

    private static final int PERCENT = 100;

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ComparisonOptions comparison = new ComparisonOptions();

    @Mixin
    private final UsualOptions usual = new UsualOptions();

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = open()) {
            ExperimentPlan.Outlook outlook = application.experiments().plan(name, comparison.planned(), usual.known());
            if (json) {
                terminal().json(outlook.sizes());
                return 0;
            }
            terminal()
                    .say("%s is %s per unit; an effect of %s is shown in %.0f %% of cases after:"
                            .formatted(
                                    comparison.metric().figure(),
                                    ExperimentText.number(outlook.plan().usual().mean()),
                                    ExperimentText.number(comparison.effect()),
                                    PERCENT * outlook.power()));
            TextTable table = new TextTable("TEST", "UNITS", "DAYS");
            for (ExperimentPlan.Outlook.TestLength row : outlook.sizes()) {
                table.row(
                        row.test(),
                        String.format(Locale.ROOT, "%,d", row.units()),
                        outlook.perDay() > 0 ? String.format(Locale.ROOT, "%.1f", row.days()) : "–");
            }
            terminal().say(table.toString());
            return 0;
        }
    }
}
