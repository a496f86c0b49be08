package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.DatasetSource;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.watch.FolderEvents;
import dev.fovea.datasets.watch.FolderScan;
import dev.fovea.fault.Counted;
import dev.fovea.pipeline.curation.DetectedRegions;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data watch}. */
@Command(
        name = "watch",
        description = {
            "Adds the images that are in a folder and those that appear in it, until it is stopped by Ctrl-C or SIGTERM.",
            "A file that is still being written is left until it did not change for two seconds. A bad image is reported once, and again when it changes. After a restart nothing is lost and nothing is added twice."
        },
        footer = {
            "",
            "Example:  fovea data watch shirts /mnt/camera3 --tag camera=3",
            "          fovea data watch shirts /mnt/camera3 --once --json"
        })
final class WatchDataCommand extends HomeCommand {

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration UNSETTLED_LOOK = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder; those below it are watched, too.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path folder;

    @Mixin
    private final IntakeOptions options = new IntakeOptions();

    @Option(
            names = "--once",
            description =
                    "Add what is there and end, for a schedule such as cron. Files that may still be written are left for the next time.")
    private boolean once;

    @Option(names = "--json", description = "Print a line of JSON each time that images were added or refused.")
    private boolean json;

    /** A line of {@code --json}. */
    record Line(int added, int repeated, List<AddReport.RefusedImage> refused, String version) {}

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Application application = open();
                FolderEvents events = FolderEvents.of(folder)) {
            Thread stop = new Thread(() -> stop(events, ended), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            var _ = application.datasets().dataset(name);
            Optional<DetectedRegions> regions = options.blurring().map(application::regions);
            try {
                watch(application.datasets(), options.adding(regions), events);
            } finally {
                regions.ifPresent(DetectedRegions::close);
            }
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /** The batch under way is completed before the process ends. */
    private static void stop(FolderEvents events, CountDownLatch ended) {
        events.close();
        try {
            boolean _ = ended.await(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Datasets datasets, AddOptions adding, FolderEvents events) throws InterruptedException {
        FolderScan scan = new FolderScan(folder, SETTLED);
        boolean open = true;
        while (open) {
            FolderScan.Look look = scan.look(Clock.systemUTC().instant());
            if (!look.ready().isEmpty()) {
                add(datasets, adding, look.ready());
            }
            if (once) {
                if (look.unsettled() > 0 && !json) {
                    terminal()
                            .say("%s left for the next time."
                                    .formatted(Counted.of(
                                            look.unsettled(),
                                            "file may still be written and is",
                                            "files may still be written and are")));
                }
                return;
            }
            events.watch(look.folders());
            open = events.await(look.unsettled() > 0 ? UNSETTLED_LOOK : LOOK);
        }
    }

    private void add(Datasets datasets, AddOptions adding, List<Path> files) {
        AddReport report = datasets.add(
                name,
                files.stream()
                        .map(file -> DatasetSource.ImagesAlone.file(folder, file))
                        .toList(),
                adding,
                IngestProgress.SILENT);
        String version = datasets.versions()
                .commit(name, "watch " + folder, Application.user())
                .id();
        Terminal terminal = terminal();
        if (json) {
            terminal.line(new Line(report.counts().added(), report.counts().repeated(), report.refused(), version));
            return;
        }
        terminal.say("%s added, %s there already. Version %s of %s."
                .formatted(
                        Counted.of(report.counts().added(), "image was", "images were"),
                        Counted.of(report.counts().repeated(), "was", "were"),
                        version.substring(0, 12),
                        name));
        report.refused()
                .forEach(refused -> terminal.say(
                        "Not added: %s (%s): %s".formatted(refused.source(), refused.code(), refused.message())));
    }
}
