package dev.fovea.pipeline.advice;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.advice.PilotResult.PilotContender;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.cascade.PricedRemote;
import dev.fovea.pipeline.head.GroupedFiles;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures services and a linear probe on up to {@value #MOST} of one's own labelled images, the same for all. The
 * probe is fitted to all images at hand and judged by cross-validation.
 */
public final class WayPilot {

    /** Images that services are paid for. */
    public static final int MOST = 100;

    private static final int FEWEST = 10;
    private static final int FOLDS = 5;
    private static final int GIVEN_UP = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double NANOS_PER_MS = 1e6;

    private final JobTools tools;
    private final long seed;

    /** A pilot whose images are drawn by a seed. */
    public WayPilot(JobTools tools, long seed) {
        this.tools = tools;
        this.seed = seed;
    }

    /**
     * Measures.
     *
     * @param folder of labelled images, a folder for each class
     * @param backbone of the probe; without one there is none
     * @param remotes opened by the caller, who closes them
     * @throws FoveaException {@code DATASET_INVALID} for too few images, and the errors of the folder and the backbone
     */
    public PilotResult run(
            Path folder, Optional<Backbone> backbone, List<PricedRemote> remotes, HeadTraining.HeadProgress progress) {
        DatasetVersion version = new Ingest(ImageLimits.DEFAULT)
                .run(folder, ClassificationFolder.read(folder).listing(), (done, total) -> {})
                .version();
        List<LabelledFile> images = GroupedFiles.of(
                version.items(), item -> TrainingTargets.sample(Optional.empty(), folder, item, version.labels()));
        if (images.size() < FEWEST || version.labels().size() < 2) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s has %d images of %d classes; a pilot needs %d or more of two classes."
                            .formatted(folder, images.size(), version.labels().size(), FEWEST));
        }
        int[] labels = images.stream().mapToInt(image -> image.sample().label()).toArray();
        int[] judged = judged(labels);
        List<PilotContender> contenders = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        backbone.ifPresent(each -> contenders.add(probe(each, version.labels(), images, judged, progress)));
        for (PricedRemote remote : remotes) {
            contenders.add(service(remote, version.labels(), images, judged, notes, progress));
        }
        return new PilotResult(
                contenders, judged.length, images.size(), version.labels().size(), notes);
    }

    private int[] judged(int[] labels) {
        int parts = (labels.length + MOST - 1) / MOST;
        if (parts < 2) {
            return IntStream.range(0, labels.length).toArray();
        }
        int[] part = StratifiedFolds.of(labels, parts, seed).inside(0);
        return Arrays.copyOf(part, Math.min(MOST, part.length));
    }

    private PilotContender probe(
            Backbone backbone,
            List<String> classes,
            List<LabelledFile> images,
            int[] judged,
            HeadTraining.HeadProgress progress) {
        StudiedFeatures studied = new HeadTraining(tools)
                .study(new HeadTraining.HeadOrder(backbone, classes, images, List.of(), false, seed), progress);
        int[] labels = studied.targets().labels();
        long groups = Arrays.stream(studied.groups()).distinct().count();
        double[][] probabilities = OutOfFold.fit(
                        studied.features(),
                        studied.targets(),
                        StratifiedFolds.of(labels, studied.groups(), (int) Math.min(FOLDS, groups), seed))
                .probabilities();
        long right = Arrays.stream(judged)
                .filter(row -> Softmax.argMax(probabilities[row]) == labels[row])
                .count();
        return new PilotContender(
                "a linear probe on %s, fitted to %,d images".formatted(backbone.name(), images.size()),
                Way.FINE_TUNE,
                WilsonInterval.of(right, judged.length),
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** Labels are compared without regard to case; an image without a response counts as wrong. */
    private static PilotContender service(
            PricedRemote remote,
            List<String> classes,
            List<LabelledFile> images,
            int[] judged,
            List<String> notes,
            HeadTraining.HeadProgress progress) {
        int right = 0;
        int failed = 0;
        int inARow = 0;
        double cost = 0;
        List<Double> milliseconds = new ArrayList<>();
        for (int i = 0; i < judged.length && inARow < GIVEN_UP; i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new FoveaException(ErrorCode.CANCELLED, "The pilot was cancelled.");
            }
            LabelledFile image = images.get(judged[i]);
            progress.at((double) i / judged.length, "remote:%s, %d of %d".formatted(remote.name(), i, judged.length));
            long began = System.nanoTime();
            try {
                var prediction = remote.inference()
                        .predict(
                                remote.name(), Files.readAllBytes(image.sample().image()), Deadline.in(LIMIT))
                        .prediction();
                milliseconds.add((System.nanoTime() - began) / NANOS_PER_MS);
                cost += prediction.cost();
                inARow = 0;
                right += prediction
                                .best()
                                .filter(label -> label.label()
                                        .equalsIgnoreCase(
                                                classes.get(image.sample().label())))
                                .isPresent()
                        ? 1
                        : 0;
            } catch (FoveaException | IOException e) {
                failed++;
                inARow++;
                if (inARow == 1) {
                    notes.add("remote:%s: %s".formatted(remote.name(), e.getMessage()));
                }
            }
        }
        if (inARow >= GIVEN_UP) {
            failed = judged.length - milliseconds.size();
            notes.add("remote:%s was given up after %d failures in a row.".formatted(remote.name(), GIVEN_UP));
        }
        milliseconds.sort(Double::compare);
        return new PilotContender(
                "remote:" + remote.name(),
                Way.API,
                WilsonInterval.of(right, judged.length),
                failed,
                milliseconds.isEmpty() ? Optional.empty() : Optional.of(milliseconds.get(milliseconds.size() / 2)),
                Optional.of(String.format(
                        Locale.ROOT, "%.4f %s", cost, remote.budget().currency())));
    }
}
