package dev.fovea.pipeline.evaluation;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.pipeline.reference.MadeReference;
import dev.fovea.pipeline.reference.ReferenceMaking;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The evaluation of a model that is imported with labelled images, and its comparison with the version in production.
 * Classifiers are scored before they are registered; detectors are evaluated afterwards.
 */
public final class ImportEvaluation {

    private static final Set<Task> EVALUATED = Set.of(Task.CLASSIFICATION, Task.MULTI_LABEL, Task.DETECTION);

    private final JobTools workshop;
    private final ClassifierEvaluation classifiers;
    private final String data;
    private final Optional<ModelVersion> production;
    private final QuantizationProgress progress;

    /**
     * An evaluation.
     *
     * @param name of the model, whose version in production is compared
     * @param data a folder; empty for none
     */
    public ImportEvaluation(JobTools workshop, String name, String data, QuantizationProgress progress) {
        this.workshop = workshop;
        this.classifiers = new ClassifierEvaluation(workshop);
        this.data = data;
        this.production = workshop.registry().find(name).flatMap(model -> model.alias(Alias.PRODUCTION));
        this.progress = progress;
    }

    /** The result; each part is empty without data. */
    public record ImportedEvaluation(
            Optional<ModelEvaluation.EvaluationResult> evaluation, Optional<RecordedComparison> comparison) {}

    /** The version in production before the import. */
    public Optional<ModelVersion> production() {
        return production;
    }

    /** {@code DATASET_INVALID} if the data are not a folder; checked before the import starts. */
    public static void requireFolder(String data) {
        try {
            if (data.isEmpty() || Files.isDirectory(Path.of(data))) {
                return;
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        throw new FoveaException(
                ErrorCode.DATASET_INVALID, "There is no folder \"%s\" to evaluate on. Check the path.".formatted(data));
    }

    /** {@code ARGUMENT_INVALID} for data with a task that has no evaluation. */
    public void requireTask(Task task) {
        if (!data.isEmpty() && !EVALUATED.contains(task)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--data does not apply: a model for %s cannot be evaluated; classifiers, multi-label models and detectors can. Omit --data."
                            .formatted(task));
        }
    }

    /** {@code ARGUMENT_INVALID} for a task on which decode modes are not compared. */
    private static void requireDecodeTrial(Task task) {
        if (task != Task.CLASSIFICATION && task != Task.DETECTION) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--decode auto does not apply: it compares classifiers and detectors, and this is a model for %s. Use --decode exact or fast."
                            .formatted(task));
        }
    }

    /**
     * The decode mode that a candidate should have.
     *
     * @param scores predictions in this mode; empty where they are not known
     */
    public record ChosenDecode(DecodeReport report, Optional<ClassifierEvaluation.Scores> scores) {}

    /**
     * Compares the decode modes of a candidate on the data.
     *
     * @param exact the candidate with an exact decode
     * @param fast the same with a fast one
     */
    public ChosenDecode decode(
            AcceptanceCriteria criteria, Manifest exact, Manifest fast, byte[] onnx, Map<String, byte[]> golden) {
        requireDecodeTrial(exact.task());
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            DecodeTrial.Modes modes = new DecodeTrial.Modes(
                    Bundle.write(directory.resolve("exact"), exact, onnx, golden, Map.of()),
                    Bundle.write(directory.resolve("fast"), fast, onnx, golden, Map.of()));
            DecodeTrial trial = new DecodeTrial(workshop, criteria, progress);
            ImageSource source = ImageSource.of(data, exact.lineage().dataset(), workshop.datasets());
            Set<String> learned = learned(exact.lineage());
            DecodeTrial.Measured measured = exact.task() == Task.DETECTION
                    ? trial.objects(
                            modes, new DetectorEvaluation(workshop).images(source.folder(), exact.labels(), learned))
                    : trial.labels(
                            modes, EvaluationImages.of(source.folder(), exact.labels(), learned, source.named()));
            return new ChosenDecode(measured.report(), measured.scores());
        }
    }

    /** A classifier's predictions on the data; empty without data and for other tasks. */
    public Optional<ClassifierEvaluation.Scores> scores(Bundle candidate) {
        if (data.isEmpty() || candidate.manifest().task() != Task.CLASSIFICATION) {
            return Optional.empty();
        }
        Lineage lineage = candidate.manifest().lineage();
        return Optional.of(classifiers.score(
                candidate, ImageSource.of(data, lineage.dataset(), workshop.datasets()), learned(lineage), progress));
    }

    private Set<String> learned(Lineage lineage) {
        Set<String> learned =
                new HashSet<>(LearnedImages.of(lineage, workshop.datasets()).orElse(Set.of()));
        production
                .flatMap(version -> LearnedImages.of(version, workshop.datasets()))
                .ifPresent(learned::addAll);
        return learned;
    }

    /** The same for a model that is not a bundle yet. */
    public Optional<ClassifierEvaluation.Scores> scores(Manifest candidate, byte[] onnx, Map<String, byte[]> golden) {
        if (data.isEmpty() || candidate.task() != Task.CLASSIFICATION) {
            return Optional.empty();
        }
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            return scores(Bundle.write(directory.resolve("candidate"), candidate, onnx, golden, Map.of()));
        }
    }

    /** What traffic of a new version will be compared with. */
    public MadeReference reference(ReferenceMaking.Unregistered version, Optional<ClassifierEvaluation.Scores> scores) {
        return new ReferenceMaking(workshop)
                .make(version, heldOut(version.manifest(), scores), (done, of) -> progress.at("reference", done, of));
    }

    /** The images of the data that the model did not learn from, with what they show; none without data. */
    private List<HeldOutImage> heldOut(Manifest manifest, Optional<ClassifierEvaluation.Scores> scores) {
        if (data.isEmpty()) {
            return List.of();
        }
        Lineage lineage = manifest.lineage();
        Path folder =
                ImageSource.of(data, lineage.dataset(), workshop.datasets()).folder();
        List<String> labels = manifest.labels();
        return switch (manifest.task()) {
            case CLASSIFICATION ->
                scores.map(known -> known.images().images().stream()
                                .map(image -> HeldOutImage.of(image.file(), image.label()))
                                .toList())
                        .orElse(List.of());
            case DETECTION ->
                new DetectorEvaluation(workshop)
                        .images(folder, labels, learned(lineage)).labelled().stream()
                                .map(image -> HeldOutImage.of(image, labels))
                                .toList();
            case MULTI_LABEL -> MultiLabelEvaluation.heldOut(folder, labels, learned(lineage));
            case MULTI_TASK, INSTANCE_SEGMENTATION, SEGMENTATION, TEXT_DETECTION, EMBEDDING, TENSORS -> List.of();
        };
    }

    /** Records the scores of the new version, or evaluates a detector, and compares with production. */
    public ImportedEvaluation finish(
            ModelVersion version, Manifest manifest, Optional<ClassifierEvaluation.Scores> scores) {
        if (data.isEmpty()) {
            return new ImportedEvaluation(Optional.empty(), Optional.empty());
        }
        ModelEvaluation.EvaluationSpec order =
                order(version, production.stream().toList());
        ModelEvaluation.EvaluationResult result = scores.map(
                        known -> classifiers.record(order, known, manifest.postprocessing(), progress))
                .orElseGet(() -> new ModelEvaluation(workshop).run(order, progress));
        return new ImportedEvaluation(
                Optional.of(result),
                manifest.task() == Task.MULTI_LABEL
                        ? Optional.empty()
                        : production.flatMap(current -> compare(current, version, result)));
    }

    private ModelEvaluation.EvaluationSpec order(ModelVersion version, List<ModelVersion> others) {
        return new ModelEvaluation.EvaluationSpec(
                ModelEvaluation.newId(), version, data, others, Evaluation.Origin.IMPORT);
    }

    /** Versions of different labels are not compared. */
    private Optional<RecordedComparison> compare(
            ModelVersion current, ModelVersion version, ModelEvaluation.EvaluationResult candidate) {
        if (!new HashSet<>(current.labels()).equals(new HashSet<>(version.labels()))) {
            return Optional.empty();
        }
        ModelEvaluation.EvaluationResult baseline =
                new ModelEvaluation(workshop).run(order(current, List.of(version)), progress);
        return Optional.of(
                RecordedComparison.of(baseline.evaluation(), candidate.evaluation(), workshop.evaluations()));
    }
}
