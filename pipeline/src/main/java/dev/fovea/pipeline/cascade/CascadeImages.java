package dev.fovea.pipeline.cascade;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.CascadeEvaluator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.statistics.CascadeThreshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The evaluation images of a cascade: a folder per class, or the test split of a folder with splits. Duplicates and
 * training images of either model are left out.
 *
 * @param learnedFrom number of images left out because a model learned from them
 * @param repeated number of files left out as duplicates
 */
public record CascadeImages(List<CascadeEvaluator.CascadeImage> shown, int learnedFrom, int repeated) {

    public CascadeImages {
        shown = List.copyOf(shown);
    }

    /**
     * Reads a folder or a data set version.
     *
     * @param labels of the models
     * @param learned content hashes of the images that a model learned from
     * @throws FoveaException {@code DATASET_INVALID} when too few images are left, {@code LABELS_MISMATCH} for a class
     *     that the model does not know
     */
    static CascadeImages read(ImageSource source, List<String> labels, Set<String> learned) {
        Path folder = source.folder();
        List<FoundFile> all = source.labelled();
        boolean divided = all.stream().anyMatch(file -> file.split() != Split.UNASSIGNED);
        List<FoundFile> files = all.stream()
                .filter(file -> !divided || file.split() == Split.TEST)
                .toList();
        if (files.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s contains no labelled images. Use a folder per class, or test/ with a folder per class."
                            .formatted(folder));
        }
        requireKnown(folder, files, labels);
        Set<String> seen = new HashSet<>();
        List<CascadeEvaluator.CascadeImage> shown = new ArrayList<>();
        int learnedFrom = 0;
        for (FoundFile file : files) {
            String hash = hash(file.file());
            if (!seen.add(hash)) {
                continue;
            }
            if (learned.contains(hash)) {
                learnedFrom++;
            } else {
                shown.add(new CascadeEvaluator.CascadeImage(file.file(), file.label()));
            }
        }
        int repeated = files.size() - seen.size();
        requireEnough(folder, shown.size(), learnedFrom, repeated);
        return new CascadeImages(shown, learnedFrom, repeated);
    }

    private static void requireKnown(Path folder, List<FoundFile> files, List<String> labels) {
        Set<String> unknown = files.stream().map(FoundFile::label).collect(Collectors.toCollection(TreeSet::new));
        labels.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "%s has the classes %s, which the model does not know; it knows %s."
                            .formatted(folder, Declarations.named(unknown), Declarations.named(labels)));
        }
    }

    private static void requireEnough(Path folder, int left, int learnedFrom, int repeated) {
        if (left >= CascadeThreshold.FEWEST) {
            return;
        }
        String without = learnedFrom > 0
                ? " that neither model learned from (left out: %d)".formatted(learnedFrom)
                : repeated > 0 ? " with different content" : "";
        throw new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%s contains %d images%s; a plan needs %d or more, better some hundred. Add labelled images like those in production that neither model was trained on."
                        .formatted(folder, left, without, CascadeThreshold.FEWEST));
    }

    private static String hash(Path file) {
        try {
            return DatasetVersion.contentHash(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s cannot be read. Check that it exists, and its permissions.".formatted(file),
                    e);
        }
    }
}
