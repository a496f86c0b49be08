package dev.fovea.cli.experiment;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.registry.Promotion;
import dev.fovea.rollout.experiment.ExperimentPlan;
import dev.fovea.rollout.experiment.ExperimentText;
import dev.fovea.server.Application;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /**
     * A way to analyse, in {@code --json}.
     *
     * @param units of all versions
     */
    record PlanRow(String test, long units, double days) {}

    @Override
    public Integer call() {
        try (Application application = open()) {
            int control = application
                    .registry()
                    .model(name)
                    .promotion()
                    .map(Promotion::version)
                    .orElse(0);
            SortedMap<Integer, Double> shares = new TreeMap<>(comparison.percents());
            double others =
                    shares.values().stream().mapToDouble(Double::doubleValue).sum();
            shares.put(control, PERCENT - others);
            ExperimentPlan.UsualValue value = usual.usual(application, name, comparison.metric());
            ExperimentPlan plan = new ExperimentPlan(shares, control, value, comparison.effect(), comparison.error());
            double perDay = usual.perDay(application, name);
            PlanRow[] rows = {
                row("fixed horizon", plan.fixed(usual.power()), perDay),
                row("sequential, in most cases", plan.sequential(usual.power()), perDay),
                row("sequential, on average", plan.mean(), perDay)
            };
            if (json) {
                terminal().json(rows);
                return 0;
            }
            terminal()
                    .say("%s is %s per unit; an effect of %s is shown in %.0f %% of cases after:"
                            .formatted(
                                    comparison.metric().figure(),
                                    ExperimentText.number(value.mean()),
                                    ExperimentText.number(comparison.effect()),
                                    PERCENT * usual.power()));
            TextTable table = new TextTable("TEST", "UNITS", "DAYS");
            for (PlanRow row : rows) {
                table.row(
                        row.test(),
                        String.format(Locale.ROOT, "%,d", row.units()),
                        perDay > 0 ? String.format(Locale.ROOT, "%.1f", row.days()) : "–");
            }
            terminal().say(table.toString());
            return 0;
        }
    }

    private static PlanRow row(String test, long units, double perDay) {
        return new PlanRow(test, units, perDay > 0 ? units / perDay : 0);
    }
}
