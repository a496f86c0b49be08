package dev.fovea.cli.objectives;

import dev.fovea.api.objectives.ServiceLevelPage;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.server.ServiceLevelParts;
import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea objectives report}. */
@Command(
        name = "report",
        description = {"Writes a month's service level as a page of HTML that stands alone, to print or to send."},
        footer = {"", "Example:  fovea objectives report shirts --month 2026-11 --out shirts-2026-11.html"})
final class ObjectivesReportCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--month",
            paramLabel = "YYYY-MM",
            description = "A calendar month in UTC (default: the current one).")
    private @Nullable String month;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file, which is replaced.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path out;

    @Override
    public Integer call() {
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            String page = ServiceLevelPage.of(
                    ServiceLevelParts.levels(application, parts).report(name, month));
            Files.writeString(out, page);
            terminal().say(out.toString());
            return 0;
        } catch (IOException e) {
            throw StorageFailure.of("Writing the report", out, e);
        }
    }
}
