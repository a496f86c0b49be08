package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.pipeline.jobs.CandidateModel;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The labelled images of a folder that a classifier is evaluated on. Each content counts once; images that the model
 * learned from are left out. Of a folder with splits, and of a data set version, the test split is taken, else the
 * validation split.
 *
 * @param id of the data set version, or what a data set version of these images would be called
 * @param images in the order of their names
 * @param learnedFrom how many were left out because a model learned from them
 * @param repeated how many were left out because another file has the same content
 * @param strangers folders that are called as no label of the model, in alphabetical order
 */
public record EvaluationImages(
        String id, Path folder, List<EvaluationImage> images, int learnedFrom, int repeated, List<String> strangers) {

    /** One image. */
    public record EvaluationImage(Path file, String name, String contentHash, String label) {}

    /**
     * Reads a folder.
     *
     * @param labels of the model
     * @param learned content hashes of images that the model learned from
     * @param known the data set version that the folder was named by, if it was
     * @throws FoveaException {@code DATASET_INVALID} when nothing is left
     */
    static EvaluationImages of(Path folder, List<String> labels, Set<String> learned, Optional<DatasetVersion> known) {
        Set<String> names = labels.stream().map(EvaluationImages::normal).collect(Collectors.toSet());
        List<FoundFile> files = ClassificationFolder.read(folder).listing().files().stream()
                .filter(file -> ImageFormat.looksLikeImage(file.path()))
                .toList();
        Set<String> strangers = new TreeSet<>();
        files.stream()
                .map(FoundFile::label)
                .filter(label -> !names.contains(normal(label)))
                .forEach(strangers::add);
        Set<Split> splits = files.stream().map(FoundFile::split).collect(Collectors.toSet());
        Optional<Set<String>> only = known.flatMap(EvaluationImages::held);
        Set<String> seen = new HashSet<>();
        List<EvaluationImage> images = new ArrayList<>();
        int learnedFrom = 0;
        int repeated = 0;
        for (FoundFile file : files) {
            if (strangers.contains(file.label()) || (only.isEmpty() && file.split() != held(splits))) {
                continue;
            }
            String hash = DatasetVersion.contentHash(CandidateModel.read(file.file()));
            if (only.isPresent() && !only.orElseThrow().contains(hash)) {
                continue;
            }
            if (!seen.add(hash)) {
                repeated++;
            } else if (learned.contains(hash)) {
                learnedFrom++;
            } else {
                images.add(new EvaluationImage(file.file(), file.path(), hash, label(file.label(), labels)));
            }
        }
        if (images.isEmpty()) {
            throw nothing(folder, labels, strangers, learnedFrom);
        }
        return new EvaluationImages(
                known.map(DatasetVersion::id).orElseGet(() -> id(images)),
                folder,
                List.copyOf(images),
                learnedFrom,
                repeated,
                List.copyOf(strangers));
    }

    /** With the index of their labels among those of a model. */
    List<LabelledImage> labelled(List<String> labels) {
        return images.stream()
                .map(image -> new LabelledImage(image.file(), labels.indexOf(image.label())))
                .toList();
    }

    /** What is evaluated on of the splits that there are. */
    private static Split held(Set<Split> splits) {
        return splits.contains(Split.TEST)
                ? Split.TEST
                : splits.contains(Split.VALIDATION)
                        ? Split.VALIDATION
                        : splits.contains(Split.TRAIN) ? Split.TRAIN : Split.UNASSIGNED;
    }

    private static Optional<Set<String>> held(DatasetVersion dataset) {
        Split split =
                held(dataset.items().stream().map(DatasetVersion.Item::split).collect(Collectors.toSet()));
        return Optional.of(
                dataset.on(split).stream().map(DatasetVersion.Item::contentHash).collect(Collectors.toSet()));
    }

    private static String id(List<EvaluationImage> images) {
        return DatasetVersion.idOf(images.stream()
                .map(image -> new DatasetVersion.LabelledContent(image.label(), Split.TEST, image.contentHash()))
                .toList());
    }

    private static String label(String folder, List<String> labels) {
        return labels.stream()
                .filter(label -> normal(label).equals(normal(folder)))
                .findFirst()
                .orElse(folder);
    }

    private static String normal(String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFC);
    }

    private static FoveaException nothing(Path folder, List<String> labels, Set<String> strangers, int learnedFrom) {
        String why = learnedFrom > 0
                ? "The model learned from all %d images in %s. Give images that it has not seen."
                        .formatted(learnedFrom, folder)
                : strangers.isEmpty()
                        ? "%s holds no labelled images. Give a folder with one folder per label.".formatted(folder)
                        : "No folder in %s is called as a label of the model. Its folders are %s; the labels are %s."
                                .formatted(folder, some(List.copyOf(strangers)), some(labels));
        return new FoveaException(ErrorCode.DATASET_INVALID, why);
    }

    private static String some(List<String> names) {
        return names.stream().limit(8).collect(Collectors.joining(", ")) + (names.size() > 8 ? ", …" : "");
    }
}
