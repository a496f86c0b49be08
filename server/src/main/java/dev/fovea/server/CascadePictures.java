package dev.fovea.server;

import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Side;
import dev.fovea.evaluation.CascadeEvaluator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.PictureSource;
import dev.fovea.serving.Declarations;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pictures that a cascade is judged on: a folder per class, or the test side of a divided folder. */
record CascadePictures(List<CascadeEvaluator.Shown> shown) {

    /** {@code DATASET_INVALID} without pictures, {@code LABELS_MISMATCH} for a class that the model does not know. */
    static CascadePictures read(PictureSource source, List<String> labels) {
        Path folder = source.folder();
        List<FoundFile> all = source.labelled();
        boolean divided = all.stream().anyMatch(file -> file.side() != Side.UNASSIGNED);
        List<FoundFile> files = all.stream()
                .filter(file -> !divided || file.side() == Side.TEST)
                .toList();
        if (files.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s holds no picture to judge by. Give a folder per class, or test/ with a folder per class."
                            .formatted(folder));
        }
        Set<String> unknown = files.stream().map(FoundFile::label).collect(Collectors.toCollection(TreeSet::new));
        labels.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "%s has the classes %s, which the model does not know; it knows %s."
                            .formatted(folder, Declarations.named(unknown), Declarations.named(labels)));
        }
        return new CascadePictures(files.stream()
                .map(file -> new CascadeEvaluator.Shown(file.file(), file.label()))
                .toList());
    }
}
