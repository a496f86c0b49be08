package dev.fovea.cli.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.SkippedFile;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.archive.ArchiveReader;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.DatasetIntake;
import dev.fovea.datasets.curation.DatasetSource;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.UnpackedArchive;
import dev.fovea.fault.Counted;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.curation.DetectedRegions;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.server.Application;
import dev.fovea.storage.s3.CopiedPrefix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Adds a folder, an archive or objects of a bucket to a data set and says what came of it. */
final class Adding {

    private static final int SHOWN = 10;
    private static final String S3 = "s3://";

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

    /**
     * A folder to read.
     *
     * @param skipped what was left out of it
     * @param copied the objects of a bucket that it has copies of
     * @param named a message with the names that its files have for the user
     */
    private record Unpacked(
            Path folder, List<SkippedFile> skipped, Optional<CopiedPrefix> copied, UnaryOperator<String> named) {

        DatasetIntake intake(DatasetSource source) {
            DatasetIntake intake = source.intake();
            return copied.map(prefix -> intake.copiedFrom(prefix::origin)).orElse(intake);
        }
    }

    /** Adds images to a data set that is there. */
    Output add(String name, String path) {
        ImageTask task = application.datasets().dataset(name).task();
        return unpacked(path, from -> {
            DatasetSource source = DatasetSource.of(from.folder(), options.reading(Optional.of(task)));
            return add(path, source, from, () -> name);
        });
    }

    /** Creates a data set, once it is known that its images can be read. */
    Output create(String name, Optional<ImageTask> stated, List<ClassDefinition> classes, String path) {
        return unpacked(path, from -> {
            DatasetSource source = DatasetSource.of(from.folder(), options.reading(stated));
            ImageTask task = stated.or(source::task)
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "%s has images, and no annotations in a known format that show the task. Give --task for images without labels, or convert the annotations to one of the formats of --format."
                                    .formatted(path)));
            return add(
                    path,
                    source,
                    from,
                    () -> application
                            .datasets()
                            .create(name, task, classes, Application.user())
                            .name());
        });
    }

    private Output unpacked(String address, Function<Unpacked, Output> work) {
        if (address.startsWith(S3)) {
            return copied(address, work);
        }
        Path path = Path.of(address);
        if (!Files.isRegularFile(path) || !ArchiveReader.isArchiveName(address)) {
            return work.apply(new Unpacked(path, List.of(), Optional.empty(), UnaryOperator.identity()));
        }
        requireCopies("%s is an archive, whose images cannot stay in place. Unpack it".formatted(path));
        try (UnpackedArchive archive =
                UnpackedArchive.of(path, application.home().scratch())) {
            return named(
                    work,
                    new Unpacked(
                            archive.folder(),
                            archive.report().skipped(),
                            Optional.empty(),
                            text -> text.replace(archive.folder().toString(), path.toString())),
                    leftOut(archive.report().skipped()));
        }
    }

    private Output copied(String address, Function<Unpacked, Output> work) {
        requireCopies("The objects of %s cannot stay in place, for only files are read in place. Copy them to a folder"
                .formatted(address));
        try (CopiedPrefix copies = application
                .home()
                .copyPrefix(
                        address,
                        RuntimeSettings.forThisMachine().limits().maxBytes(),
                        (done, total) -> terminal.progress(
                                "copy",
                                (double) done / total,
                                Optional.empty(),
                                Counted.of(done, "object", "objects")))) {
            return named(
                    work,
                    new Unpacked(copies.folder(), copies.skipped(), Optional.of(copies), copies::named),
                    leftOut(copies.skipped()));
        }
    }

    /** Errors name the files as the user knows them, and what was left out, which may be why. */
    private static Output named(Function<Unpacked, Output> work, Unpacked from, String leftOut) {
        try {
            return work.apply(from);
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), from.named().apply(String.valueOf(e.getMessage())) + leftOut, e);
        }
    }

    private static String leftOut(List<SkippedFile> skipped) {
        return skipped.isEmpty()
                ? ""
                : " %s left out before; first %s: %s."
                        .formatted(
                                Counted.of(skipped.size(), "file was", "files were"),
                                skipped.getFirst().path(),
                                skipped.getFirst().reason());
    }

    private void requireCopies(String reason) {
        if (options.intake().isInPlace()) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, reason + ", or leave out --in-place.");
        }
    }

    private Output add(String path, DatasetSource source, Unpacked from, Supplier<String> dataset) {
        Datasets datasets = application.datasets();
        DatasetIntake intake = from.intake(source);
        Optional<DetectedRegions> regions = options.intake().blurring().map(application::regions);
        String name;
        AddReport report;
        try (Stream<?> _ = intake.images()) {
            AddOptions adding = options.intake().adding(regions);
            name = dataset.get();
            report = datasets.add(
                    name,
                    intake,
                    adding,
                    (done, total) -> terminal.progress(
                            "add",
                            total == 0 ? Double.NaN : (double) done / total,
                            Optional.empty(),
                            Counted.images(done)));
        } finally {
            regions.ifPresent(DetectedRegions::close);
        }
        SavedVersion version = datasets.versions().commit(name, "add " + path, Application.user());
        List<String> findings = new ArrayList<>();
        source.findings().forEach(finding -> findings.add(from.named().apply(finding.sentence())));
        from.skipped()
                .forEach(
                        each -> findings.add("%s in %s was left out: %s.".formatted(each.path(), path, each.reason())));
        return new Output(name, source.title(), report.naming(from.named()), findings, version.id());
    }

    /** The result for people. */
    void say(Output output) {
        AddReport report = output.report();
        List<String> lines = new ArrayList<>();
        lines.add("Read as %s: %s added, %s there already."
                .formatted(
                        output.format(),
                        Counted.of(report.counts().added(), "image was", "images were"),
                        Counted.of(report.counts().repeated(), "was", "were")));
        if (!report.counts().relabelled().isEmpty()) {
            lines.add("%s another label before, and the last one now. Check:"
                    .formatted(Counted.of(report.counts().relabelled().size(), "of these had", "of these had")));
            report.counts().relabelled().stream()
                    .limit(SHOWN)
                    .forEach(each ->
                            lines.add("  %s: %s, before %s".formatted(each.source(), each.after(), each.before())));
        }
        if (!report.newClasses().isEmpty()) {
            lines.add("New classes: %s.".formatted(String.join(", ", report.newClasses())));
        }
        if (report.treated().locationsErased() > 0) {
            lines.add("The GPS position of %s was erased; --keep-location keeps it."
                    .formatted(Counted.images(report.treated().locationsErased())));
        }
        if (options.intake().blurring().isPresent()) {
            lines.add("%s blurred in %s."
                    .formatted(
                            Counted.of(report.treated().regions(), "region was", "regions were"),
                            Counted.images(report.treated().blurred())));
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
