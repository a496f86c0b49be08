package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.DatasetExport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExportReport;
import dev.fovea.datasets.exchange.model.Loss;
import dev.fovea.fault.Counted;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data export}. */
@Command(
        name = "export",
        description = {
            "Writes a version with its images in the format of another tool. The folder appears when it is complete.",
            "What the format cannot say is listed before anything is written."
        },
        footer = {"", "Example:  fovea data export shirts@latest --format coco --to shirts-coco"})
final class ExportDataCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME[@VERSION]",
            description =
                    "The data set, and a version: 6 or more digits of its id, its number, or latest. Without one the present state is saved and written.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description =
                    "coco, yolo, yolo-segment, yolo-obb, voc, cvat, label-studio, datumaro, masks, open-images, csv or folders.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String format;

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "A new or empty folder.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path folder;

    @Option(names = "--losses", description = "List what the format cannot say, and write nothing.")
    private boolean lossesOnly;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(
            String dataset,
            String version,
            String format,
            String folder,
            long images,
            List<String> losses,
            String convention) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            int at = name.indexOf('@');
            String dataset = at < 0 ? name : name.substring(0, at);
            SavedVersion version = at < 0
                    ? datasets.versions().commit(dataset, "export as " + format, Application.user())
                    : datasets.versions().version(dataset, name.substring(at + 1));
            ExchangeFormat target =
                    ExchangeFormat.named(format, datasets.dataset(dataset).task());
            DatasetExport export = new DatasetExport(datasets, dataset, version, target);
            List<Loss> losses = export.losses();
            if (!json) {
                losses.forEach(loss -> terminal.say(loss.sentence(target)));
            }
            if (lossesOnly) {
                if (json) {
                    terminal.json(losses);
                } else if (losses.isEmpty()) {
                    terminal.say("%s can say everything.".formatted(target.title()));
                }
                return 0;
            }
            ExportReport report = export.write(folder);
            if (json) {
                terminal.json(new Output(
                        dataset,
                        version.id(),
                        target.word(),
                        report.folder().toString(),
                        report.images(),
                        losses.stream().map(loss -> loss.sentence(target)).toList(),
                        report.convention()));
            } else {
                terminal.say("Wrote %s of version %s of %s to %s as %s. %s"
                        .formatted(
                                Counted.images(report.images()),
                                version.id().substring(0, 12),
                                dataset,
                                report.folder(),
                                target.title(),
                                report.convention()));
            }
            return 0;
        }
    }
}
