package dev.fovea.pipeline.head;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.FeatureGraph.NamedHead;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.head.HeadFit.Examples;
import dev.fovea.pipeline.head.HeadReport.HeadChoices;
import dev.fovea.pipeline.head.HeadReport.HeadScores;
import dev.fovea.pipeline.head.HeadReport.RareClasses;
import dev.fovea.pipeline.head.HeadTraining.HeadOrder;
import dev.fovea.pipeline.head.HeadTraining.HeadProgress;
import dev.fovea.pipeline.head.ViewChoice.TaskExamples;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fits a head for each of several tasks to the same features of a backbone. An image's features are computed once,
 * however many tasks it has a label of, and how images are brought to the backbone's size is chosen once, for all tasks
 * together.
 */
public final class MultiTaskHeads {

    private final JobTools tools;
    private final CachedFeatures features;

    /** With these tools; features are kept in the home's cache on this machine. */
    public MultiTaskHeads(JobTools tools) {
        this.tools = tools;
        this.features = CutBackbone.cached(tools);
    }

    /**
     * What is fitted.
     *
     * @param tasks by name, in the order of the network's outputs; all on the same backbone. A target may be soft, such
     *     as the probabilities of a teacher for a task
     */
    public record TaskOrders(Map<String, HeadOrder> tasks) {
        public TaskOrders {
            tasks = new LinkedHashMap<>(tasks);
        }

        private HeadOrder first() {
            return tasks.values().iterator().next();
        }
    }

    /**
     * The backbone up to its features, and the heads.
     *
     * @param network its outputs are the logits {@code [N,K]} of each task, in the tasks' order
     * @param contract the preprocessing that it was fitted with
     * @param outputs the name of each task's output
     * @param reports by task
     * @param seconds of features and fits
     */
    public record FittedTasks(
            OnnxModel network,
            PreprocessingContract contract,
            Map<String, String> outputs,
            Map<String, HeadReport> reports,
            double seconds) {
        public FittedTasks {
            outputs = new LinkedHashMap<>(outputs);
            reports = new LinkedHashMap<>(reports);
        }
    }

    /**
     * Fits.
     *
     * @throws FoveaException as {@link HeadTraining#run}, with the name of the task
     */
    public FittedTasks run(TaskOrders orders, HeadProgress progress) {
        long start = System.nanoTime();
        orders.tasks()
                .forEach((task, order) -> named(task, () -> {
                    LearnableClasses.require(order);
                    return order;
                }));
        Backbone backbone = orders.first().backbone();
        FeatureNetwork network = FeatureNetwork.of(tools.engine(), backbone);
        ViewChoice choice = view(orders, network, progress);
        progress.note(choice.sentence());
        FeatureNetwork viewed = network.with(choice.view().of(network.contract()));
        TaskRows rows = TaskRows.of(orders);
        FeatureMatrix all = features.of(viewed, rows.images(), HeadTraining.counted(progress, 0.3, 0.9));
        List<NamedHead> heads = new ArrayList<>();
        Map<String, HeadReport> reports = new LinkedHashMap<>();
        orders.tasks().forEach((task, order) -> {
            long began = System.nanoTime();
            progress.at(
                    0.9,
                    "fitting %s: %,d features of %,d images"
                            .formatted(task, all.columns(), order.training().size()));
            Examples examples =
                    HeadTraining.examples(all.select(rows.of(order.training())), order.training(), order.labels());
            HeadFit fit = named(
                    task,
                    () -> HeadFit.of(examples, List.of(FeatureTransform.values()), order.balanced(), order.seed()));
            heads.add(new NamedHead(task, fit.transform(), fit.head()));
            List<HeadScores> baselines = order.test().isEmpty()
                    ? List.of()
                    : HeadTraining.baselines(examples, all.select(rows.of(order.test())), order);
            reports.put(
                    task,
                    new HeadReport(
                            all.columns(),
                            new HeadChoices(
                                    choice.view(),
                                    fit.transform(),
                                    fit.balance().chosen().fit().c(),
                                    RareClasses.of(fit)),
                            HeadScores.of("cross-validation", fit.outOfFold()),
                            baselines,
                            order.training().size(),
                            (System.nanoTime() - began) / 1e9,
                            Optional.empty()));
        });
        OnnxModel classifier =
                FoveaMetadata.written(viewed.graph().with(heads), viewed.contract(), HeadTraining.provenance(backbone));
        Map<String, String> outputs = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            outputs.put(heads.get(i).name(), classifier.outputs().get(i).name());
        }
        progress.at(1, "fitted");
        return new FittedTasks(classifier, viewed.contract(), outputs, reports, (System.nanoTime() - start) / 1e9);
    }

    private interface Step<T> {
        T run();
    }

    private static <T> T named(String task, Step<T> step) {
        try {
            return step.run();
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), "Task %s: %s".formatted(task, e.getMessage()), e);
        }
    }

    /** By some images of each task. */
    private ViewChoice view(TaskOrders orders, FeatureNetwork network, HeadProgress progress) {
        Map<String, List<LabelledFile>> some = new LinkedHashMap<>();
        int most = Math.max(1, HeadTraining.VIEWED / orders.tasks().size());
        orders.tasks().forEach((task, order) -> some.put(task, some(order, most)));
        TaskRows rows = new TaskRows(some.values());
        return ViewChoice.ofTasks(
                network.contract(),
                view -> {
                    double from = view == InputView.SQUASHED ? 0 : 0.15;
                    FeatureMatrix all = features.of(
                            network.with(view.of(network.contract())),
                            rows.images(),
                            HeadTraining.counted(progress, from, from + 0.15));
                    List<TaskExamples> tasks = new ArrayList<>();
                    orders.tasks().forEach((task, order) -> {
                        List<LabelledFile> images = Objects.requireNonNull(some.get(task));
                        int[] places = rows.of(images);
                        tasks.add(new TaskExamples(
                                HeadTraining.examples(all.select(places), images, order.labels()), places));
                    });
                    return tasks;
                },
                orders.first().seed());
    }

    private static List<LabelledFile> some(HeadOrder order, int most) {
        int[] labels = order.training().stream()
                .mapToInt(image -> image.sample().label())
                .toArray();
        int parts = (labels.length + most - 1) / most;
        return parts < 2
                ? order.training()
                : IntStream.of(StratifiedFolds.of(labels, parts, order.seed()).inside(0))
                        .mapToObj(order.training()::get)
                        .toList();
    }
}
