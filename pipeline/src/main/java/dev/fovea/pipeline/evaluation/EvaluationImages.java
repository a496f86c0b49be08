package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.AnomalyFolder;
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
 * The evaluation images of a classifier. Duplicates and training images of the model are left out. Of a folder with
 * splits, and of an image list, the test split is used, else the validation split.
 *
 * @param id of the image list, or the id that an image list of these images would have
 * @param images in the order of their names
 * @param learnedFrom number of images left out because a model learned from them
 * @param repeated number of files left out as duplicates
 * @param unknownFolders folders whose name is not a label of the model, sorted
 */
public record EvaluationImages(
        String id,
        Path folder,
        List<EvaluationImage> images,
        int learnedFrom,
        int repeated,
        List<String> unknownFolders) {

    /** One image. */
    public record EvaluationImage(Path file, String name, String contentHash, String label) {}

    /**
     * Reads a folder.
     *
     * @param labels of the model
     * @param learned content hashes of images that the model learned from
     * @param known the image list that was requested, if any
     * @throws FoveaException {@code DATASET_INVALID} when no image is left
     */
    static EvaluationImages of(Path folder, List<String> labels, Set<String> learned, Optional<DatasetVersion> known) {
        Set<String> names = labels.stream().map(EvaluationImages::normal).collect(Collectors.toSet());
        List<FoundFile> files = AnomalyFolder.files(folder, labels).stream()
                .filter(file -> ImageFormat.looksLikeImage(file.path()))
                .toList();
        Set<String> unknownFolders = new TreeSet<>();
        files.stream()
                .map(FoundFile::label)
                .filter(label -> !names.contains(normal(label)))
                .forEach(unknownFolders::add);
        Set<Split> splits = files.stream().map(FoundFile::split).collect(Collectors.toSet());
        Optional<Set<String>> only = known.flatMap(EvaluationImages::evaluated);
        Set<String> seen = new HashSet<>();
        List<EvaluationImage> images = new ArrayList<>();
        int learnedFrom = 0;
        int repeated = 0;
        for (FoundFile file : files) {
            if (unknownFolders.contains(file.label()) || (only.isEmpty() && file.split() != evaluated(splits))) {
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
            throw nothing(folder, labels, unknownFolders, learnedFrom);
        }
        return new EvaluationImages(
                known.map(DatasetVersion::id).orElseGet(() -> id(images)),
                folder,
                List.copyOf(images),
                learnedFrom,
                repeated,
                List.copyOf(unknownFolders));
    }

    /** With the index of their labels among those of a model. */
    List<LabelledImage> labelled(List<String> labels) {
        return images.stream()
                .map(image -> new LabelledImage(image.file(), labels.indexOf(image.label())))
                .toList();
    }

    /** The split to evaluate on. */
    private static Split evaluated(Set<Split> splits) {
        return splits.contains(Split.TEST)
                ? Split.TEST
                : splits.contains(Split.VALIDATION)
                        ? Split.VALIDATION
                        : splits.contains(Split.TRAIN) ? Split.TRAIN : Split.UNASSIGNED;
    }

    private static Optional<Set<String>> evaluated(DatasetVersion dataset) {
        Split split = evaluated(
                dataset.items().stream().map(DatasetVersion.Item::split).collect(Collectors.toSet()));
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

    private static FoveaException nothing(
            Path folder, List<String> labels, Set<String> unknownFolders, int learnedFrom) {
        String why = learnedFrom > 0
                ? "The model learned from all %d images in %s. Use images that it has not seen."
                        .formatted(learnedFrom, folder)
                : unknownFolders.isEmpty()
                        ? "%s contains no labelled images. Use a folder with one folder per label.".formatted(folder)
                        : "No folder in %s has the name of a label of the model. Its folders are %s; the labels are %s."
                                .formatted(folder, some(List.copyOf(unknownFolders)), some(labels));
        return new FoveaException(ErrorCode.DATASET_INVALID, why);
    }

    private static String some(List<String> names) {
        return names.stream().limit(8).collect(Collectors.joining(", ")) + (names.size() > 8 ? ", …" : "");
    }
}
