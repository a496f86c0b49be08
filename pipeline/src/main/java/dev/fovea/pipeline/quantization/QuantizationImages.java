package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Disjoint parts of a folder: calibration images and test images. Candidates are selected on the validation split, or
 * on the calibration images if there is none; never on test images.
 *
 * @param calibration images to calibrate ranges on
 * @param validation images to select a candidate on
 * @param test images for the final comparison
 * @param labelled whether the images are labelled; otherwise all labels are 0
 * @param unknownFolders folders whose name is not a label of the model
 * @param id SHA-256 over the content hash, label and split of every image, in 64 hexadecimal digits, independent of
 *     their order
 */
record QuantizationImages(
        List<LabelledImage> calibration,
        List<LabelledImage> validation,
        List<LabelledImage> test,
        boolean labelled,
        List<String> unknownFolders,
        String id) {

    /** Minimum number of calibration images and of test images. */
    static final int MIN_IMAGES = 30;

    private static final int MAX_CALIBRATION = 500;
    private static final int MAX_VALIDATION = 500;
    private static final int MAX_TEST = 2000;
    private static final int MAX_UNLABELLED = 500;
    private static final long SEED = 1;

    /** An image, its split, and the SHA-256 of its content; empty before it is read. */
    private record Found(LabelledImage image, Split split, String hash) {}

    /**
     * Divides a folder. Files of the same content count once. Training images of the model are recognized by content
     * and are never test images. Splits of the folder stay; other images are shuffled with a fixed seed.
     *
     * @param labels of the model
     * @param known image list with the earlier splits, such as that of the training
     * @throws FoveaException {@code DATASET_INVALID} when there are too few
     */
    static QuantizationImages of(Path folder, List<String> labels, Optional<DatasetVersion> known) {
        List<Found> labelled = labelled(folder, labels);
        boolean isLabelled = !labelled.isEmpty();
        return divided(folder, deduplicated(isLabelled ? labelled : unlabelled(folder), known), isLabelled)
                .withUnknownFolders(unknownFolders(folder, labels));
    }

    /** Divides annotated images in the same way. */
    static QuantizationImages of(DetectionFolder annotated, Optional<DatasetVersion> known) {
        List<Found> all = annotated.entries().stream()
                .map(entry -> new Found(new LabelledImage(entry.labelled().image(), 0), entry.split(), ""))
                .toList();
        return divided(annotated.folder(), deduplicated(all, known), false);
    }

    /** Divides the images of a model of several tasks, which have no one label each. */
    static QuantizationImages ofTasks(ImageSource source) {
        List<Found> all = source.named()
                .map(version -> version.items().stream()
                        .map(item ->
                                new Found(new LabelledImage(source.folder().resolve(item.path()), 0), item.split(), ""))
                        .toList())
                .orElseGet(() -> unlabelled(source.folder()));
        return divided(source.folder(), deduplicated(all, source.known()), false);
    }

    private QuantizationImages withUnknownFolders(List<String> folders) {
        return new QuantizationImages(calibration, validation, test, labelled, folders, id);
    }

    private static QuantizationImages divided(Path folder, List<Found> all, boolean isLabelled) {
        List<LabelledImage> train = on(Split.TRAIN, all);
        List<LabelledImage> validation = on(Split.VALIDATION, all);
        List<LabelledImage> test = on(Split.TEST, all);
        List<LabelledImage> free = on(Split.UNASSIGNED, all);
        if (train.isEmpty()) {
            int count = Math.min(MAX_CALIBRATION, test.isEmpty() ? free.size() / 2 : free.size());
            train = free.subList(0, count);
            free = free.subList(count, free.size());
        }
        test = joined(test, free);
        if (test.isEmpty()) {
            test = validation;
            validation = List.of();
        }
        if (train.size() < MIN_IMAGES || test.size() < MIN_IMAGES) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s holds too few different images: %d to calibrate on and %d to test on. Add images like those in production: %d of each or more, better some hundred."
                            .formatted(folder, train.size(), test.size(), MIN_IMAGES));
        }
        List<LabelledImage> calibration = first(MAX_CALIBRATION, train);
        return new QuantizationImages(
                calibration,
                validation.isEmpty() ? calibration : first(MAX_VALIDATION, validation),
                first(isLabelled ? MAX_TEST : MAX_UNLABELLED, test),
                isLabelled,
                List.of(),
                id(all));
    }

    private static String id(List<Found> all) {
        return DatasetVersion.contentHash(all.stream()
                .map(found -> "%s %d %s".formatted(found.hash(), found.image().label(), found.split()))
                .sorted()
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** {@code DATASET_INVALID} when too few images could be read or predicted. */
    static void requireEnough(int read, String what) {
        if (read < MIN_IMAGES) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "Only %d images %s could be read. Add images like those in production, %d or more."
                            .formatted(read, what, MIN_IMAGES));
        }
    }

    /** Images in folders that are named like labels of the model. */
    private static List<Found> labelled(Path folder, List<String> labels) {
        List<Found> found = new ArrayList<>();
        for (FoundFile file : files(folder, labels)) {
            int label = labels.indexOf(file.label());
            if (label >= 0 && ImageFormat.looksLikeImage(file.path())) {
                found.add(new Found(new LabelledImage(file.file(), label), file.split(), ""));
            }
        }
        return found;
    }

    private static List<FoundFile> files(Path folder, List<String> labels) {
        if (labels.equals(AnomalyFolder.LABELS)) {
            return AnomalyFolder.files(folder, labels);
        }
        return switch (ClassificationFolder.recognise(folder)) {
            case ClassificationFolder.Labelled labelled -> labelled.listing().files();
            case ClassificationFolder.Other ignored -> List.of();
        };
    }

    private static List<String> unknownFolders(Path folder, List<String> labels) {
        return files(folder, labels).stream()
                .filter(file -> ImageFormat.looksLikeImage(file.path()))
                .map(FoundFile::label)
                .filter(label -> !label.isEmpty() && !labels.contains(label))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Found> unlabelled(Path folder) {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> ImageFormat.looksLikeImage(file.toString()))
                    .sorted()
                    .map(file -> new Found(new LabelledImage(file, 0), Split.UNASSIGNED, ""))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID, "%s cannot be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    /** Without duplicates, each image in its known split. */
    private static List<Found> deduplicated(List<Found> all, Optional<DatasetVersion> known) {
        Map<String, Split> splits = known.map(DatasetVersion::splits).orElse(Map.of());
        Set<String> seen = new HashSet<>();
        List<Found> deduplicated = new ArrayList<>();
        for (Found found : all) {
            String hash =
                    DatasetVersion.contentHash(CandidateModel.read(found.image().file()));
            if (seen.add(hash)) {
                deduplicated.add(new Found(found.image(), splits.getOrDefault(hash, found.split()), hash));
            }
        }
        Collections.shuffle(deduplicated, new Random(SEED));
        return deduplicated;
    }

    private static List<LabelledImage> on(Split split, List<Found> all) {
        return all.stream()
                .filter(found -> found.split() == split)
                .map(Found::image)
                .toList();
    }

    private static List<LabelledImage> joined(List<LabelledImage> some, List<LabelledImage> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<LabelledImage> first(int max, List<LabelledImage> images) {
        return images.subList(0, Math.min(max, images.size()));
    }
}
