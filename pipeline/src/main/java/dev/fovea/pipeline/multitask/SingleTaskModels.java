package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.Split;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.HeadTraining.FittedHead;
import dev.fovea.pipeline.head.HeadTraining.HeadOrder;
import dev.fovea.pipeline.head.HeadTraining.HeadProgress;
import dev.fovea.pipeline.head.InputView;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.pipeline.multitask.TaskImages.TaskImage;
import dev.fovea.pipeline.multitask.TaskSavings.SavedTime;
import dev.fovea.pipeline.multitask.TaskScores.TaskTest;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Classifiers of one task each, on the same backbone and the same images, to compare a model of all tasks with. They
 * are not registered. Most of their features are those of the model, from the cache.
 */
final class SingleTaskModels {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int IMAGES = 16;
    private static final int WARM_UP = 5;
    private static final int MIN_RUNS = 20;
    private static final int MAX_RUNS = 200;
    private static final long NANOS = Duration.ofSeconds(5).toNanos();

    private final JobTools tools;
    private final MultiTaskCandidate candidate;
    private final MultiTaskListener listener;

    SingleTaskModels(JobTools tools, MultiTaskCandidate candidate, MultiTaskListener listener) {
        this.tools = tools;
        this.candidate = candidate;
        this.listener = listener;
    }

    /**
     * Fits and measures them.
     *
     * @param model of all tasks
     * @param scored its predictions by task
     */
    TaskSavings beside(Bundle model, Map<String, ScoredImages> scored, ScratchDirectory directory) {
        List<Bundle> singles = new ArrayList<>();
        Map<String, Comparison> tasks = new LinkedHashMap<>();
        Map<String, InputView> otherViews = new HashMap<>();
        long bytes = 0;
        Map<String, TaskTest> tests = candidate.tests();
        for (String task : candidate.images().labels().keySet()) {
            listener.at("compare", singles.size(), tests.size(), "a model of %s alone".formatted(task));
            FittedHead fitted = fitted(task);
            InputView view = fitted.report().choices().view();
            HeadReport together =
                    Objects.requireNonNull(candidate.fitted().reports().get(task));
            if (view != together.choices().view()) {
                otherViews.put(task, view);
            }
            Bundle bundle = bundle(task, fitted, directory);
            singles.add(bundle);
            bytes += fitted.network().bytes().length;
            ScoredImages alone = new ServingScores(tools)
                    .of(bundle, Objects.requireNonNull(tests.get(task)).images(), (done, of) -> {});
            tasks.put(task, Comparison.of(alone, Objects.requireNonNull(scored.get(task))));
        }
        return new TaskSavings(candidate.onnx().length, bytes, timed(model, singles), tasks, otherViews);
    }

    private FittedHead fitted(String task) {
        TaskImages images = candidate.images();
        return new HeadTraining(tools)
                .run(
                        new HeadOrder(
                                candidate.spec().backbone(),
                                Objects.requireNonNull(images.labels().get(task)),
                                images.files(task, Set.of(Split.TRAIN, Split.VALIDATION)),
                                List.of(),
                                candidate.spec().settings().balanced(),
                                candidate.spec().settings().seed()),
                        new HeadProgress() {
                            @Override
                            public void at(double fraction, String detail) {
                                listener.at("compare", (int) (100 * fraction), 100, task + " alone: " + detail);
                            }

                            @Override
                            public void note(String sentence) {
                                // the model's own training has said it
                            }
                        });
    }

    private Bundle bundle(String task, FittedHead fitted, ScratchDirectory directory) {
        Manifest manifest = new Manifest(
                candidate.spec().name(),
                Objects.requireNonNull(candidate.images().labels().get(task)),
                Optional.of(fitted.contract()),
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1),
                Optional.empty(),
                Lineage.imported(
                        "", tools.origin().codeVersion(), tools.origin().machine()),
                List.of(),
                new TreeMap<>());
        return Bundle.write(
                directory.resolve("single-" + task), manifest, fitted.network().bytes(), new TreeMap<>());
    }

    /** The model and the others take turns, so that a machine that slows down favours nobody. */
    private SavedTime timed(Bundle model, List<Bundle> singles) {
        List<byte[]> files = candidate.tested().stream()
                .limit(IMAGES)
                .map(TaskImage::file)
                .map(CandidateModel::read)
                .toList();
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            for (Bundle bundle : singles) {
                loaded.add(load(bundle));
            }
            try (LoadedModel all = load(model)) {
                return timed(all, loaded, files);
            }
        } finally {
            loaded.forEach(LoadedModel::close);
        }
    }

    private LoadedModel load(Bundle bundle) {
        return LoadedModel.load(
                tools.engine(), bundle, RuntimeSettings.forThisMachine().unobserved(), tools.workers(), () -> {});
    }

    private SavedTime timed(LoadedModel all, List<LoadedModel> singles, List<byte[]> files) {
        List<Long> one = new ArrayList<>();
        List<Long> several = new ArrayList<>();
        long end = System.nanoTime() + NANOS;
        for (int run = -WARM_UP; run < MAX_RUNS && (run < MIN_RUNS || System.nanoTime() < end); run++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new FoveaException(ErrorCode.CANCELLED, "The training was cancelled.");
            }
            byte[] file = files.get(Math.floorMod(run, files.size()));
            long own = nanos(List.of(all), file);
            long others = nanos(singles, file);
            if (run >= 0) {
                one.add(own);
                several.add(others);
            }
        }
        return new SavedTime(median(one), median(several), one.size());
    }

    private static long nanos(List<LoadedModel> models, byte[] file) {
        long start = System.nanoTime();
        for (LoadedModel model : models) {
            model.predict(file, Deadline.in(LIMIT));
        }
        return System.nanoTime() - start;
    }

    private static double median(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }
}
