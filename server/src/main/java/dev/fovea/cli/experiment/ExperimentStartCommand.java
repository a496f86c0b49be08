package dev.fovea.cli.experiment;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentText;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.server.Application;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea experiment start}. */
@Command(
        name = "start",
        description = {
            "Shares traffic out over versions and production. Golden tests run first.",
            "Without --units the experiment is sequential: results are valid whenever they are looked at.",
            "With --units they are shown once, when so many units have settled."
        },
        footer = {
            "",
            "Example:  fovea experiment start shirts --variant 2 --figure orders --effect 0.01",
            "          fovea experiment start shirts --variant 2=20 --variant 3=20 --figure revenue --number \\",
            "              --range 0..500 --effect 0.5 --units 60000 --window 2d"
        })
final class ExperimentStartCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ComparisonOptions comparison = new ComparisonOptions();

    @Option(
            names = "--units",
            paramLabel = "N",
            description = "Fixed horizon: units of all versions, as computed by \"fovea experiment plan\".")
    private @Nullable Long units;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "1h",
            description =
                    "How long after a unit's first request its values count and may be reported (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String window;

    @Option(
            names = "--longest",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "After this time it ends undecided (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String longest;

    @Option(names = "--promote", description = "Promote a version that is shown to be better.")
    private boolean promote;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            Experiment experiment = application
                    .experiments()
                    .start(
                            name,
                            new ExperimentDesign(
                                    comparison.percents(),
                                    comparison.metric(),
                                    units == null ? new Horizon.Sequential() : new Horizon.FixedUnits(units),
                                    comparison.error(),
                                    comparison.effect(),
                                    time("--window", window),
                                    time("--longest", longest),
                                    promote),
                            Application.user(),
                            reason.text());
            terminal().say("%s: %s".formatted(name, ExperimentText.shares(experiment)));
            if (!application.home().isServed()) {
                terminal().note("Only a running server shares traffic out. Start one with: fovea serve");
            }
            return 0;
        }
    }

    private static Duration time(String option, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s is \"%s\"; give a duration such as 30m, 2h or 7d."
                                .formatted(option, Printable.brief(text))));
    }
}
