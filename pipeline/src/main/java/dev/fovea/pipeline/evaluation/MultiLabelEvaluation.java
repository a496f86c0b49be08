package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.LabelSets;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.report.MultiLabelImage;
import dev.fovea.evaluation.report.MultiLabelReport;
import dev.fovea.evaluation.report.MultiLabelReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.quantization.ServedResults;
import dev.fovea.pipeline.reference.HeldOutImage;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.traffic.truth.TrueLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates a multi-label model. Of a folder with splits the test split is used, else the validation split. The labels
 * of an image with several entries are merged.
 */
final class MultiLabelEvaluation {

    private final JobTools workshop;

    MultiLabelEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /** One image, by the hash of its content. */
    private record Seen(Path file, String contentHash, Set<String> labels) {

        Seen with(Set<String> more) {
            return new Seen(
                    file,
                    contentHash,
                    Stream.concat(labels.stream(), more.stream()).collect(Collectors.toSet()));
        }
    }

    /** The images of a folder that were not learned from. */
    static List<HeldOutImage> heldOut(Path folder, List<String> labels, Set<String> learned) {
        return byContent(LabelSets.read(folder, labels).entries()).values().stream()
                .filter(image -> !learned.contains(image.contentHash()))
                .map(image -> new HeldOutImage(
                        image.file(), Optional.of(new TrueLabels.TrueLabelSet(new TreeSet<>(image.labels())))))
                .toList();
    }

    /** As {@link ModelEvaluation#run}. */
    ModelEvaluation.EvaluationResult run(
            ModelEvaluation.EvaluationSpec order,
            Bundle bundle,
            Path folder,
            Set<String> learned,
            QuantizationProgress progress) {
        List<String> labels = bundle.manifest().labels();
        LabelSets sets = LabelSets.read(folder, labels);
        Map<String, Seen> all = byContent(sets.entries());
        List<Seen> images = all.values().stream()
                .filter(image -> !learned.contains(image.contentHash()))
                .toList();
        int learnedFrom = all.size() - images.size();
        if (images.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s leaves no image with labels of the model to evaluate on. Use a table with a column per label, boxes, or a folder per label."
                            .formatted(folder));
        }
        List<Optional<PredictionResult>> results = new ServedResults(
                        workshop,
                        images.stream().map(Seen::file).toList(),
                        (done, of) -> progress.at("images", done, of))
                .of(bundle);
        MultiLabelReport report = report(images, results, labels);
        progress.at("thumbnails", 0, 1);
        Evaluation evaluation = new EvaluationRecorder(workshop.evaluations())
                .record(new EvaluationRecorder.NewEvaluation(
                        order.id(),
                        order.version().id(),
                        order.origin(),
                        Task.MULTI_LABEL,
                        new Evaluation.EvaluationSource(
                                id(images), ModelEvaluation.name(folder), images.size(), learnedFrom, 0),
                        new MultiLabelReportJson().write(report),
                        recorded(folder, images, results)));
        progress.at("thumbnails", 1, 1);
        boolean isKnown = LearnedImages.of(order.version(), workshop.datasets()).isPresent();
        return new ModelEvaluation.EvaluationResult(
                evaluation,
                new ModelEvaluation.Report.Tags(report),
                Stream.concat(
                                sets.notes().stream(),
                                EvaluationNotes.of(order, learnedFrom, 0, List.of(), isKnown).stream())
                        .toList());
    }

    private static MultiLabelReport report(
            List<Seen> images, List<Optional<PredictionResult>> results, List<String> labels) {
        List<MultiLabelImage> scored = new ArrayList<>();
        double threshold = 0;
        for (int i = 0; i < images.size(); i++) {
            Optional<PredictionResult.MultiLabelResult> predicted = labels(results.get(i));
            if (predicted.isPresent()) {
                threshold = predicted.get().threshold();
                scored.add(new MultiLabelImage(images.get(i).labels(), scores(predicted.get(), labels)));
            }
        }
        if (scored.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "None of the %d images can be read.".formatted(images.size()));
        }
        return MultiLabelReport.of(scored, labels, threshold);
    }

    private static List<EvaluationRecorder.RecordedImages> recorded(
            Path folder, List<Seen> images, List<Optional<PredictionResult>> results) {
        List<EvaluationRecorder.RecordedImages> recorded = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Seen image = images.get(i);
            List<String> truth = sorted(image.labels().stream());
            recorded.add(new EvaluationRecorder.RecordedImages(
                    image.file(),
                    folder.relativize(image.file()).toString().replace('\\', '/'),
                    image.contentHash(),
                    labels(results.get(i))
                            .<ImageResult>map(predicted -> new ImageResult.Tagged(
                                    truth, sorted(predicted.applying().stream().map(Ranked::label))))
                            .orElseGet(() -> new ImageResult.FailedPrediction(
                                    String.join(", ", truth),
                                    ErrorCode.IMAGE_CORRUPT.name(),
                                    "The image cannot be predicted."))));
        }
        return recorded;
    }

    private static Optional<PredictionResult.MultiLabelResult> labels(Optional<PredictionResult> result) {
        return result.filter(PredictionResult.MultiLabelResult.class::isInstance)
                .map(PredictionResult.MultiLabelResult.class::cast);
    }

    private static Map<String, Seen> byContent(List<LabelSets.LabelSet> entries) {
        Split split = Stream.of(Split.TEST, Split.VALIDATION)
                .filter(candidate -> entries.stream().anyMatch(entry -> entry.split() == candidate))
                .findFirst()
                .orElse(Split.UNASSIGNED);
        Map<String, Seen> all = new LinkedHashMap<>();
        for (LabelSets.LabelSet entry : entries) {
            if (split == Split.UNASSIGNED || entry.split() == split) {
                String hash = DatasetVersion.contentHash(CandidateModel.read(entry.image()));
                all.merge(
                        hash, new Seen(entry.image(), hash, entry.labels()), (one, other) -> one.with(other.labels()));
            }
        }
        return all;
    }

    private static double[] scores(PredictionResult.MultiLabelResult predicted, List<String> labels) {
        double[] scores = new double[labels.size()];
        for (Ranked ranked : predicted.scores()) {
            scores[labels.indexOf(ranked.label())] = ranked.confidence();
        }
        return scores;
    }

    private static List<String> sorted(Stream<String> labels) {
        return labels.sorted().toList();
    }

    private static String id(List<Seen> images) {
        return DatasetVersion.idOf(images.stream()
                .map(image -> new DatasetVersion.LabelledContent(
                        String.join(";", sorted(image.labels().stream())), Split.TEST, image.contentHash()))
                .toList());
    }
}
