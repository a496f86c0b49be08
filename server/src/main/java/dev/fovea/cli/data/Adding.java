package dev.fovea.cli.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.archive.ArchiveReader;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.DatasetIntake;
import dev.fovea.datasets.curation.DatasetSource;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.UnpackedArchive;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.curation.DetectedRegions;
import dev.fovea.server.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds a folder or an archive to a data set and says what came of it. */
final class Adding {

    private static final int SHOWN = 10;

    private final Application application;
    private final Terminal terminal;
    private final SourceOptions options;

    Adding(Application application, Terminal terminal, SourceOptions options) {
        this.application = application;
        this.terminal = terminal;
        this.options = options;
    }

    /** What {@code --json} prints. */
    record Output(
            String dataset, String format, @JsonUnwrapped AddReport report, List<String> findings, String version) {}

    /** What is done with a folder. */
    private interface FolderWork<T> {
        T with(Path folder);
    }

    /** The task of a folder's annotations, for a data set that is to be created. */
    Optional<ImageTask> task(Path path) {
        return folder(
                path,
                folder -> DatasetSource.of(folder, options.reading(Optional.empty()))
                        .task());
    }

    Output add(String name, Path path) {
        return folder(path, folder -> addFolder(name, path, folder));
    }

    private <T> T folder(Path path, FolderWork<T> work) {
        if (!Files.isRegularFile(path) || !ArchiveReader.isArchiveName(path.toString())) {
            return work.with(path);
        }
        if (options.intake().isInPlace()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is an archive, whose images cannot stay in place. Unpack it, or leave out --in-place."
                            .formatted(path));
        }
        try (UnpackedArchive archive =
                UnpackedArchive.of(path, application.home().scratch())) {
            return work.with(archive.folder());
        }
    }

    private Output addFolder(String name, Path path, Path folder) {
        Datasets datasets = application.datasets();
        DatasetSource source = DatasetSource.of(
                folder, options.reading(Optional.of(datasets.dataset(name).task())));
        DatasetIntake intake = source.intake();
        AddReport report;
        Optional<DetectedRegions> regions = options.intake().blurring().map(application::regions);
        try (Stream<?> _ = intake.images()) {
            report = datasets.add(
                    name,
                    intake,
                    options.intake().adding(regions),
                    (done, total) -> terminal.progress(
                            "add",
                            total == 0 ? Double.NaN : (double) done / total,
                            Optional.empty(),
                            "%,d images".formatted(done)));
        } finally {
            regions.ifPresent(DetectedRegions::close);
        }
        SavedVersion version = datasets.versions().commit(name, "add " + path, Application.user());
        return new Output(
                name,
                source.title(),
                report,
                source.findings().stream().map(finding -> finding.sentence()).toList(),
                version.id());
    }

    /** The result for people. */
    void say(Output output) {
        AddReport report = output.report();
        List<String> lines = new ArrayList<>();
        lines.add("Read as %s: %,d images were added, %,d were there already."
                .formatted(
                        output.format(),
                        report.counts().added(),
                        report.counts().repeated()));
        if (!report.counts().relabelled().isEmpty()) {
            lines.add("%,d of these had another label, and have the last one now. Check them:"
                    .formatted(report.counts().relabelled().size()));
            report.counts().relabelled().stream()
                    .limit(SHOWN)
                    .forEach(each ->
                            lines.add("  %s: %s, before %s".formatted(each.source(), each.after(), each.before())));
        }
        if (!report.newClasses().isEmpty()) {
            lines.add("New classes: %s.".formatted(String.join(", ", report.newClasses())));
        }
        if (report.treated().locationsErased() > 0) {
            lines.add("The GPS position of %,d images was erased; --keep-location keeps it."
                    .formatted(report.treated().locationsErased()));
        }
        if (options.intake().blurring().isPresent()) {
            lines.add("%,d regions were blurred in %,d images."
                    .formatted(report.treated().regions(), report.treated().blurred()));
        }
        report.flagged()
                .forEach(each -> lines.add("%,d %s: %s%s"
                        .formatted(
                                each.images(),
                                each.flag().replace('_', ' '),
                                String.join(", ", each.examples()),
                                each.images() > each.examples().size() ? ", …" : "")));
        output.findings().stream().limit(SHOWN).forEach(lines::add);
        report.refused().stream()
                .limit(SHOWN)
                .forEach(refused -> lines.add(
                        "Not added: %s (%s): %s".formatted(refused.source(), refused.code(), refused.message())));
        int hidden = Math.max(0, output.findings().size() - SHOWN)
                + Math.max(0, report.refused().size() - SHOWN);
        if (hidden > 0) {
            lines.add("%,d more; --json shows all.".formatted(hidden));
        }
        lines.add("Version %s of %s.".formatted(output.version().substring(0, 12), output.dataset()));
        lines.forEach(terminal::say);
    }
}
