package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.pipeline.jobs.CandidateModel;
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
 * The images of a folder in parts that share none: to learn ranges from, and to prove with. What has to be chosen on
 * the way is chosen on a part of its own where the folder has one, else on those that ranges are learned from; never on
 * those of the proof.
 *
 * @param calibration to learn ranges from
 * @param choosing to choose by
 * @param proof to prove with
 * @param labelled whether labels are known; all are 0 where they are not
 * @param strangers folders that are called as no label of the model
 * @param id SHA-256 over the content hash, label and split of every image, in 64 hexadecimal digits; whatever their
 *     order
 */
record QuantizationImages(
        List<LabelledImage> calibration,
        List<LabelledImage> choosing,
        List<LabelledImage> proof,
        boolean labelled,
        List<String> strangers,
        String id) {

    /** With fewer, a proof shows nothing. */
    static final int LEAST = 30;

    private static final int MOST_CALIBRATION = 500;
    private static final int MOST_CHOOSING = 500;
    private static final int MOST_PROOF = 2000;
    private static final int MOST_UNLABELLED = 500;
    private static final long SEED = 1;

    /** An image, which part of the work it is for, and the hash of its content, empty before it was read. */
    private record Found(LabelledImage image, Split split, String hash) {}

    /**
     * Divides a folder. Files of the same content count once. Images that a model was trained on are recognised by
     * their content and never prove anything; splits of the folder are kept; other images are shuffled, always in the
     * same way.
     *
     * @param labels of the model
     * @param known how images were divided before, as for training
     * @throws FoveaException {@code DATASET_INVALID} when there are too few
     */
    static QuantizationImages of(Path folder, List<String> labels, Optional<DatasetVersion> known) {
        List<Found> labelled = labelled(folder, labels);
        boolean isLabelled = !labelled.isEmpty();
        return divided(folder, settled(isLabelled ? labelled : unlabelled(folder), known), isLabelled)
                .withStrangers(strangers(folder, labels));
    }

    /** Divides annotated images, in the same way. */
    static QuantizationImages of(DetectionFolder annotated, Optional<DatasetVersion> known) {
        List<Found> all = annotated.entries().stream()
                .map(entry -> new Found(new LabelledImage(entry.labelled().image(), 0), entry.split(), ""))
                .toList();
        return divided(annotated.folder(), settled(all, known), false);
    }

    private QuantizationImages withStrangers(List<String> folders) {
        return new QuantizationImages(calibration, choosing, proof, labelled, folders, id);
    }

    private static QuantizationImages divided(Path folder, List<Found> all, boolean isLabelled) {
        List<LabelledImage> train = on(Split.TRAIN, all);
        List<LabelledImage> validation = on(Split.VALIDATION, all);
        List<LabelledImage> test = on(Split.TEST, all);
        List<LabelledImage> free = on(Split.UNASSIGNED, all);
        if (train.isEmpty()) {
            int taken = Math.min(MOST_CALIBRATION, test.isEmpty() ? free.size() / 2 : free.size());
            train = free.subList(0, taken);
            free = free.subList(taken, free.size());
        }
        List<LabelledImage> proof = joined(test, free);
        if (proof.isEmpty()) {
            proof = validation;
            validation = List.of();
        }
        if (train.size() < LEAST || proof.size() < LEAST) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s holds too few different images: %d to learn ranges from and %d to prove with. Give %d of each or more, like those to come; some hundred are better."
                            .formatted(folder, train.size(), proof.size(), LEAST));
        }
        List<LabelledImage> calibration = first(MOST_CALIBRATION, train);
        return new QuantizationImages(
                calibration,
                validation.isEmpty() ? calibration : first(MOST_CHOOSING, validation),
                first(isLabelled ? MOST_PROOF : MOST_UNLABELLED, proof),
                isLabelled,
                List.of(),
                id(all));
    }

    private static String id(List<Found> all) {
        return DatasetVersion.contentHash(all.stream()
                .map(one -> "%s %d %s".formatted(one.hash(), one.image().label(), one.split()))
                .sorted()
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** {@code DATASET_INVALID} when fewer could be read, or were answered, than a proof takes. */
    static void requireEnough(int read, String what) {
        if (read < LEAST) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "Only %d images %s could be read; give %d or more, like those to come."
                            .formatted(read, what, LEAST));
        }
    }

    /** Images in folders that are called as the model's labels; others say nothing about it. */
    private static List<Found> labelled(Path folder, List<String> labels) {
        List<Found> found = new ArrayList<>();
        for (FoundFile file : files(folder)) {
            int label = labels.indexOf(file.label());
            if (label >= 0 && ImageFormat.looksLikeImage(file.path())) {
                found.add(new Found(new LabelledImage(file.file(), label), file.split(), ""));
            }
        }
        return found;
    }

    private static List<FoundFile> files(Path folder) {
        return switch (ClassificationFolder.recognise(folder)) {
            case ClassificationFolder.Labelled labelled -> labelled.listing().files();
            case ClassificationFolder.Other ignored -> List.of();
        };
    }

    private static List<String> strangers(Path folder, List<String> labels) {
        return files(folder).stream()
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

    /** Each content once, in its known split. */
    private static List<Found> settled(List<Found> all, Optional<DatasetVersion> known) {
        Map<String, Split> splits = known.map(DatasetVersion::splits).orElse(Map.of());
        Set<String> seen = new HashSet<>();
        List<Found> settled = new ArrayList<>();
        for (Found one : all) {
            String hash =
                    DatasetVersion.contentHash(CandidateModel.read(one.image().file()));
            if (seen.add(hash)) {
                settled.add(new Found(one.image(), splits.getOrDefault(hash, one.split()), hash));
            }
        }
        Collections.shuffle(settled, new Random(SEED));
        return settled;
    }

    private static List<LabelledImage> on(Split split, List<Found> all) {
        return all.stream()
                .filter(one -> one.split() == split)
                .map(Found::image)
                .toList();
    }

    private static List<LabelledImage> joined(List<LabelledImage> some, List<LabelledImage> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<LabelledImage> first(int most, List<LabelledImage> images) {
        return images.subList(0, Math.min(most, images.size()));
    }
}
