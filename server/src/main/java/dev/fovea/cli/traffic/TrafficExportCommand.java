package dev.fovea.cli.traffic;

import dev.fovea.api.traffic.TrafficQuery;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.server.Application;
import dev.fovea.storage.traffic.StoredPredictions;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea traffic export}. */
@Command(
        name = "export",
        description = {
            "Writes the logged predictions of a model to predictions.parquet, and its kept images to images/ and images.csv.",
            "images.csv joins them: request_id, file, reasons and the probability of the random sample."
        },
        footer = {"", "Example:  fovea traffic export shirts --from 2026-11-01 --to 2026-11-30 --to-dir november"})
final class TrafficExportCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A day or a time in UTC (default: 30 days before --to).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "A day or a time in UTC (default: now).")
    private @Nullable String to;

    @Option(names = "--to-dir", paramLabel = "DIR", required = true, description = "A new or an empty folder.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path folder;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What was written. */
    record Exported(long predictions, int images, int withoutImage) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                StoredPredictions predictions =
                        application.home().production().traffic().predictions()) {
            var _ = application.registry().model(model);
            TrafficFilter filter = new TrafficQuery(model, from, to, null, null, null, List.of())
                    .filter(Clock.systemUTC().instant());
            prepare();
            long rows = predictions.copy(model, filter.from(), filter.to(), folder.resolve("predictions.parquet"));
            List<KeptImage> kept =
                    application.home().production().keptImages().between(model, filter.from(), filter.to());
            int images = write(application.datasets(), kept);
            Exported exported = new Exported(rows, images, kept.size() - images);
            if (json) {
                terminal.json(exported);
            } else {
                terminal.say(
                        "%,d predictions and the images of %,d requests are in %s.".formatted(rows, images, folder));
                if (exported.withoutImage() > 0) {
                    terminal.say("%,d kept images are no longer in their data set.".formatted(exported.withoutImage()));
                }
            }
            return 0;
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be written. Check its permissions and the free space.".formatted(folder),
                    e);
        }
    }

    private void prepare() throws IOException {
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                if (entries.iterator().hasNext()) {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "%s is not empty. Name a new or an empty folder.".formatted(folder));
                }
            }
        }
        Files.createDirectories(folder.resolve("images"));
    }

    /** Writes images that are in their data sets, each file once; returns for how many requests. */
    private int write(Datasets datasets, List<KeptImage> kept) throws IOException {
        int written = 0;
        try (BufferedWriter table = Files.newBufferedWriter(folder.resolve("images.csv"))) {
            table.write("request_id,time,version,file,reasons,probability\n");
            for (KeptImage image : kept) {
                Optional<DatasetItem> item = item(datasets, image);
                if (item.isPresent()) {
                    String name = "images/%s.%s"
                            .formatted(
                                    image.file().hash(),
                                    Json.word(item.get().image().format()));
                    if (!Files.exists(folder.resolve(name))) {
                        Files.write(
                                folder.resolve(name), datasets.bytes(item.get().image()));
                    }
                    table.write(row(image, name));
                    written++;
                }
            }
        }
        return written;
    }

    private static Optional<DatasetItem> item(Datasets datasets, KeptImage image) {
        try {
            return datasets.find(
                    image.file().dataset(), ContentHash.parse(image.file().hash()));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.DATASET_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String row(KeptImage image, String file) {
        return "\"%s\",%s,%d,%s,%s,%s%n"
                .formatted(
                        image.origin().request().replace("\"", "\"\""),
                        image.origin().time(),
                        image.origin().version().version(),
                        file,
                        image.reasons().stream().map(KeepReason::word).collect(Collectors.joining("+")),
                        image.probability().map(String::valueOf).orElse(""));
    }
}
