package dev.fovea.cli.shadow;

import dev.fovea.api.view.ShadowViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.server.Application;
import dev.fovea.serving.shadow.ShadowDifference;
import dev.fovea.serving.shadow.Shadows;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shadow show}. */
@Command(
        name = "show",
        description = {"Shows how a version in shadow compares with production, the greatest differences first."},
        footer = {"", "Example:  fovea shadow show shirts --limit 50"})
final class ShadowShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "Differences to list (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Shown(ShadowViews.ShadowView shadow, List<ShadowViews.DifferenceView> differences) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Shadows.ShadowStatus status = application.shadows().status(name);
            List<ShadowDifference> differences = application.shadows().differences(name, Math.max(0, limit), 0);
            if (json) {
                terminal.json(new Shown(
                        ShadowViews.of(status, Optional.empty()),
                        differences.stream().map(ShadowViews::of).toList()));
                return 0;
            }
            terminal.say(ShadowText.verdict(status));
            if (status.totals().compared() > 0) {
                terminal.say(ShadowText.times(status.totals()));
            }
            if (!differences.isEmpty()) {
                TextTable table = new TextTable("WEIGHT", "PRODUCTION", "CANDIDATE", "REQUEST", "IMAGE");
                differences.forEach(each -> table.row(
                        String.format(Locale.ROOT, "%.2f", each.difference().weight()),
                        each.difference().production(),
                        each.difference().candidate(),
                        each.requestId(),
                        each.image().map(hash -> hash.substring(0, 12)).orElse("not kept")));
                terminal.say(table.toString());
            }
            return 0;
        }
    }
}
