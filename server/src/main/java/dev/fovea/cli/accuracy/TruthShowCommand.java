package dev.fovea.cli.accuracy;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.traffic.truth.TruthConflict;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthStore;
import dev.fovea.traffic.truth.Truths;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea truth show}. */
@Command(
        name = "show",
        description = "Shows what became of a model's true labels: joined, waiting, repeated and conflicting ones.",
        footer = {"", "Example:  fovea truth show shirts"})
final class TruthShowCommand extends HomeCommand {

    private static final int CONFLICTS = 20;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Shown(TruthCounts counts, List<TruthConflict> conflicts) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            String name = application.registry().model(model).name();
            Truths.JoinedTruths settlement = parts.truths().settle(name);
            TruthStore store = parts.truths().store();
            TruthCounts counts = settlement.counts(store.counts(name));
            List<TruthConflict> conflicts = store.conflicts(name, CONFLICTS);
            if (json) {
                terminal.json(new Shown(counts, conflicts));
                return 0;
            }
            terminal.say(TruthText.counts(counts));
            if (!conflicts.isEmpty()) {
                TextTable table = new TextTable("REQUEST", "STANDS", "REFUSED", "RECEIVED");
                conflicts.forEach(one -> table.row(
                        one.request(), one.stands().json(), one.refused().json(), one.received()));
                terminal.say(table.toString());
            }
            return 0;
        }
    }
}
