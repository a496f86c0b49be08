package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.curation.DatasetVerdict;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data check}. */
@Command(
        name = "check",
        description = {
            "Looks for wrong labels, near duplicates, images that do not belong, and leaks between splits.",
            "Images are compared by the embeddings of a classifier, and wrong labels found by confident learning on them; with several labels, for each class. Boxes are compared with those of a registered detector. Nothing is changed."
        },
        footer = {"", "Example:  fovea data check shirts --model squeezenet"})
final class CheckDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--model",
            paramLabel = "MODEL[@VERSION]",
            description =
                    "The classifier that embeds the images (default: the one in production that tells the most classes apart and did not learn from the data set, else a built-in descriptor), or the detector that boxes are compared with (default: the one in production that learned from the fewest of the images and knows the most classes).")
    private @Nullable String model;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Findings of each kind to list (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            CheckRequest request = request(name, model);
            DatasetFindings findings = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().check(request, progress),
                            JobOutcomes::of);
            if (json) {
                terminal.json(findings);
            } else {
                say(terminal, application.datasets(), findings);
            }
            return 0;
        }
    }

    static CheckRequest request(String dataset, @Nullable String model) {
        Optional<NamedVersion> named = Optional.ofNullable(model).map(NamedVersion::parse);
        return new CheckRequest(
                dataset, named.map(NamedVersion::name).orElse(""), named.flatMap(NamedVersion::version));
    }

    private void say(Terminal terminal, Datasets datasets, DatasetFindings findings) {
        int shown = Math.max(0, limit);
        DatasetVerdict.sentences(findings).forEach(terminal::say);
        new SuspectTables(hash -> datasets.item(name, ContentHash.parse(hash)).source(), shown)
                .of(findings.labels())
                .forEach(table -> terminal.say(table.toString()));
        TextTable pairs = new TextTable("NEAR DUPLICATES", "", "LABELS");
        findings.nearDuplicates().stream()
                .limit(shown)
                .forEach(pair ->
                        pairs.row(pair.source(), pair.otherSource(), pair.conflicting() ? "differ" : "the same"));
        TextTable leaks = new TextTable("LEAK", "IMAGE", "BELONGS TO");
        findings.leaks().stream()
                .limit(shown)
                .forEach(leak -> leaks.row(
                        leak.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        leak.source(),
                        leak.twinSource()));
        TextTable strangers = new TextTable("DOES NOT BELONG", "STANDARD DEVIATIONS");
        findings.strangers().stream()
                .limit(shown)
                .forEach(stranger -> strangers.row(stranger.source(), "%.1f".formatted(stranger.deviations())));
        say(terminal, pairs, findings.nearDuplicates());
        say(terminal, leaks, findings.leaks());
        say(terminal, strangers, findings.strangers());
        findings.compared().unreadable().stream().limit(shown).forEach(terminal::say);
    }

    private static void say(Terminal terminal, TextTable table, List<?> findings) {
        if (!findings.isEmpty()) {
            terminal.say(table.toString());
        }
    }
}
