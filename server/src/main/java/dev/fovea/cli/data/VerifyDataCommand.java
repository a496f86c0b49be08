package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.VerifyReport;
import dev.fovea.fault.Counted;
import dev.fovea.server.Application;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data verify}. */
@Command(
        name = "verify",
        description = {
            "Reads all images and all versions again and compares their hashes. The stored rows of all data sets, labels and embeddings are checked as well.",
            "Exits 1 when something was damaged, changed or removed."
        },
        footer = {"", "Example:  fovea data verify shirts"})
final class VerifyDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            VerifyReport report = datasets.verify(
                    name,
                    (done, total) ->
                            terminal.progress("verify", (double) done / total, Optional.empty(), Counted.images(done)));
            if (json) {
                terminal.json(report);
            } else {
                report.faults().forEach(terminal::say);
                terminal.say("%s and %s were read again: %s"
                        .formatted(
                                Counted.images(report.images()),
                                Counted.of(report.versions(), "version", "versions"),
                                report.isIntact()
                                        ? "all are intact."
                                        : Counted.of(report.faults().size(), "fault.", "faults.")));
            }
            return report.isIntact() ? 0 : 1;
        }
    }
}
