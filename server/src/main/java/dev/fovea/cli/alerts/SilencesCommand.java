package dev.fovea.cli.alerts;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Silence;
import dev.fovea.api.alerts.AlertViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea alerts silences}. */
@Command(
        name = "silences",
        description = "Lists what is silenced.",
        footer = {"", "Example:  fovea alerts silences"})
final class SilencesCommand extends HomeCommand {

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            List<Silence> silences = AlertParts.silences(application).inForce();
            if (json) {
                terminal.json(silences.stream().map(AlertViews.SilenceView::of).toList());
                return 0;
            }
            if (silences.isEmpty()) {
                terminal.say("Nothing is silenced.");
                return 0;
            }
            TextTable table = new TextTable("ID", "MODEL", "KIND", "UNTIL", "BY", "REASON");
            silences.forEach(silence -> table.row(
                    silence.id(),
                    silence.model().orElse("all"),
                    silence.kind().map(AlertKind::word).orElse("all"),
                    AlertText.time(silence.until()),
                    silence.by(),
                    silence.why()));
            terminal.say(table.toString());
            return 0;
        }
    }
}
