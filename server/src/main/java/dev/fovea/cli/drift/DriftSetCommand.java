package dev.fovea.cli.drift;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.server.Application;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea drift set}. */
@Command(
        name = "set",
        description = {"States the rate of false alarms and the rhythm of a model's traffic."},
        footer = {"", "Example:  fovea drift set shirts --rate 30 --rhythm daily"})
final class DriftSetCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final RhythmOption stated = new RhythmOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            DriftSettings settings = stated.over(application.drift().settings(name));
            application.drift().change(name, settings);
            terminal()
                    .say(String.format(
                            Locale.ROOT,
                            "%s: at most one false alarm in %.0f days; rhythm %s.",
                            name,
                            settings.daysPerFalseAlarm(),
                            settings.rhythm().name().toLowerCase(Locale.ROOT)));
            return 0;
        }
    }
}
