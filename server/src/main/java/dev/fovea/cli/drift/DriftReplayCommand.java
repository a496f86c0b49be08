package dev.fovea.cli.drift;

import dev.fovea.api.traffic.TrafficQuery;
import dev.fovea.api.view.DriftViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.Counted;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.server.Application;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea drift replay}. */
@Command(
        name = "replay",
        description = {"Shows which alarms other settings would have raised on the stored traffic."},
        footer = {
            "",
            "Example:  fovea drift replay shirts --rate 30",
            "          fovea drift replay shirts@3 --from 2026-10-01T00:00:00Z --rhythm daily"
        })
final class DriftReplayCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME[@VERSION]",
            description = "The model; without a version the one in production.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Traffic from this day or time in UTC on (default: all).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Traffic until this day or time in UTC (default: all).")
    private @Nullable String to;

    @Mixin
    private final RhythmOption stated = new RhythmOption();

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(name);
        Terminal terminal = terminal();
        try (Application application = open()) {
            Drift drift = application.drift();
            Drift.DriftReplay replay = drift.replay(
                    named.name(),
                    named.version(),
                    from == null ? Instant.EPOCH : TrafficQuery.time("--from", from, false),
                    to == null ? Instant.MAX : TrafficQuery.time("--to", to, true),
                    stated.over(drift.settings(named.name())));
            if (json) {
                terminal.json(DriftViews.of(replay));
                return 0;
            }
            terminal.say(String.format(
                    Locale.ROOT,
                    "%,d images in %s; %s.",
                    replay.images(),
                    Counted.of(replay.blocks(), "block", "blocks"),
                    replay.watchedFrom()
                            .map(moment -> "watched from " + moment)
                            .orElse("too few to know what is quiet, so that nothing was watched")));
            replay.alarms().forEach(alarm -> {
                terminal.say("%s  %s".formatted(alarm.raised(), drift.words(alarm)));
                DriftText.findings(alarm).forEach(terminal::say);
            });
            if (replay.alarms().isEmpty() && replay.watchedFrom().isPresent()) {
                terminal.say("No alarm.");
            }
            return 0;
        }
    }
}
