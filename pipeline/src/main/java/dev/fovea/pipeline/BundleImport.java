package dev.fovea.pipeline;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.MultiTaskReportJson;
import dev.fovea.evaluation.report.MultiTaskVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.evaluation.ClassifierEvaluation;
import dev.fovea.pipeline.evaluation.ImportEvaluation;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.pipeline.jobs.Registrar;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Registers an exported version ({@link dev.fovea.registry.VersionExport}) as the next one of its model. */
public final class BundleImport {

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_BYTES = 16L << 30;

    private final JobTools workshop;
    private final Registrar registrar;

    /** An import with these tools. */
    public BundleImport(JobTools workshop) {
        this.workshop = workshop;
        this.registrar = new Registrar(workshop);
    }

    /**
     * An import request.
     *
     * @param file the zip file
     * @param data labelled images to evaluate it on; empty for none
     * @param promotion when to promote the version
     * @param note free text
     */
    public record BundleImportSpec(Path file, String data, PromotionPolicy promotion, String note) {}

    /** Whether a file is a zip file, by its name. */
    public static boolean isExport(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /**
     * Imports a zip file.
     *
     * @throws FoveaException {@code BUNDLE_CORRUPT} for a file that is damaged or no exported version; the errors of
     *     loading it, of its golden images and of storage
     */
    public ModelImport.ImportResult run(BundleImportSpec request, QuantizationProgress progress) {
        Registry.requireReason(request.note());
        return register(request, progress);
    }

    private ModelImport.ImportResult register(BundleImportSpec request, QuantizationProgress progress) {
        ImportEvaluation.requireFolder(request.data());
        try (ScratchDirectory scratch = new ScratchDirectory(workshop.scratch())) {
            Path directory = scratch.resolve("bundle");
            unzip(request.file(), directory);
            Bundle bundle = whole(request.file(), directory);
            Manifest manifest = bundle.manifest();
            ImportEvaluation evaluation = new ImportEvaluation(workshop, manifest.name(), request.data(), progress);
            evaluation.requireTask(manifest.task());
            Optional<ClassifierEvaluation.Scores> scores = evaluation.scores(bundle);
            Optional<ClassificationReport> stored = stored(manifest);
            Optional<Map<String, ClassificationReport>> tasks = manifest.evaluation()
                    .filter(_ -> manifest.postprocessing() instanceof Postprocessing.MultiTask)
                    .map(new MultiTaskReportJson()::read);
            Map<String, Double> metrics = scores.map(
                            known -> known.metrics(ModelEvaluation.temperature(manifest.postprocessing())))
                    .or(() -> stored.map(ReportMetrics::of))
                    .or(() -> tasks.map(ReportMetrics::ofTasks))
                    .orElse(Map.of());
            ModelVersion version = registrar.register(bundle, metrics, request.note());
            ImportEvaluation.ImportedEvaluation outcome = evaluation.finish(version, manifest, scores);
            PromotionDecision decision = PromotionDecision.of(
                    request.promotion(),
                    evaluation.production().map(ModelVersion::number),
                    outcome.evaluation()
                            .map(ModelEvaluation.EvaluationResult::verdict)
                            .or(() -> stored.map(ModelVerdict::of))
                            .or(() -> tasks.map(MultiTaskVerdict::of)),
                    outcome.comparison().map(PromotionDecision.ComparedWithProduction::of));
            registrar.carryOut(decision, version);
            return new ModelImport.ImportResult(
                    version, outcome.evaluation(), outcome.comparison(), decision, Optional.empty(), List.of());
        }
    }

    /** Metrics of the home that exported it, measured on other images. */
    private static Optional<ClassificationReport> stored(Manifest manifest) {
        return manifest.evaluation()
                .filter(ignored -> manifest.postprocessing() instanceof Postprocessing.OneLabel)
                .map(new ReportJson()::read);
    }

    /** Replaces the temporary folder in the message by the file's name. */
    private static Bundle whole(Path file, Path directory) {
        try {
            return Bundle.read(directory);
        } catch (FoveaException e) {
            throw e.code() == ErrorCode.BUNDLE_CORRUPT
                    ? corrupt(file, "its files are not those that its bundle.json lists with their hashes")
                    : e;
        }
    }

    private static void unzip(Path file, Path directory) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("bundle.json") == null || zip.size() > MAX_ENTRIES) {
                throw corrupt(file, "it has no bundle.json, or more than %,d files".formatted(MAX_ENTRIES));
            }
            long left = MAX_BYTES;
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw corrupt(file, "it contains a path outside itself,  " + entry.getName());
                }
                if (!entry.isDirectory()) {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = new Bounded(zip.getInputStream(entry), left)) {
                        left -= Files.copy(in, target);
                    }
                }
            }
        } catch (ZipException e) {
            throw corrupt(file, "it is damaged");
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be unpacked: %s. Check its rights and the free space.".formatted(file, e.getMessage()),
                    e);
        }
    }

    private static FoveaException corrupt(Path file, String why) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "%s is not an exported version: %s. Export the version again: fovea export MODEL@N --to FILE."
                        .formatted(file, why));
    }

    /** Throws {@code ZipException} when more than a number of bytes are unpacked. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new ZipException("too large");
            }
            return read;
        }
    }
}
