package dev.fovea.pipeline.teacher;

import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.TrainedNetwork;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Size and latency of a student and its teachers on this machine, from an image's bytes to its prediction. They take
 * turns, so that a machine that slows down favours nobody.
 *
 * @param model name of a version; empty for the student
 * @param bytes of the network
 * @param milliseconds median
 */
public record TeacherCost(String model, long bytes, double milliseconds) {

    private static final int RUNS = 15;
    private static final int WARM_UP = 3;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final double NANOS_PER_MS = 1e6;
    private static final double MEGABYTE = 1e6;

    /** Measures; the student comes first. */
    public static List<TeacherCost> measured(
            JobTools tools, List<String> teachers, TrainedNetwork student, List<String> labels, List<Path> images) {
        List<Bundle> bundles = new ArrayList<>();
        List<LoadedModel> models = new ArrayList<>();
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch())) {
            bundles.add(bundle(tools, student, labels, directory));
            teachers.forEach(each -> bundles.add(Teacher.of(tools, each).bundle()));
            for (Bundle bundle : bundles) {
                models.add(LoadedModel.load(
                        tools.engine(),
                        bundle,
                        RuntimeSettings.forThisMachine().unobserved(),
                        tools.workers(),
                        () -> {}));
            }
            long[][] nanos = timed(models, images);
            List<TeacherCost> costs = new ArrayList<>();
            for (int i = 0; i < bundles.size(); i++) {
                Arrays.sort(nanos[i]);
                costs.add(new TeacherCost(
                        i == 0 ? "" : teachers.get(i - 1),
                        bundles.get(i).modelFile().toFile().length(),
                        nanos[i][RUNS / 2] / NANOS_PER_MS));
            }
            return costs;
        } finally {
            models.forEach(LoadedModel::close);
        }
    }

    private static Bundle bundle(
            JobTools tools, TrainedNetwork student, List<String> labels, ScratchDirectory directory) {
        Manifest manifest = new Manifest(
                "student",
                labels,
                Optional.of(student.contract()),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported(
                        "", tools.origin().codeVersion(), tools.origin().machine()),
                List.of(),
                new TreeMap<>());
        return Bundle.write(directory.resolve("student"), manifest, student.onnx(), new TreeMap<>());
    }

    private static long[][] timed(List<LoadedModel> models, List<Path> images) {
        long[][] nanos = new long[models.size()][RUNS];
        for (int run = -WARM_UP; run < RUNS; run++) {
            byte[] image = CandidateModel.read(images.get(Math.floorMod(run, images.size())));
            for (int model = 0; model < models.size(); model++) {
                long start = System.nanoTime();
                models.get(model).predict(image, Deadline.in(LIMIT));
                if (run >= 0) {
                    nanos[model][run] = System.nanoTime() - start;
                }
            }
        }
        return nanos;
    }

    /** Student and teachers in one sentence. */
    public static String sentence(List<TeacherCost> costs) {
        List<String> parts = costs.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s %.1f MB and %.1f ms an image",
                        each.model().isEmpty() ? "the student takes" : each.model(),
                        each.bytes() / MEGABYTE,
                        each.milliseconds()))
                .toList();
        return "On this machine %s, medians of %d images in turns.".formatted(String.join(", ", parts), RUNS);
    }
}
