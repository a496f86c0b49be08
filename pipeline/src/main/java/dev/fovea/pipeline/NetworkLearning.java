package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneSize;
import dev.fovea.pipeline.head.GroupedFiles;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.pipeline.jobs.StartingNetwork;
import dev.fovea.pipeline.jobs.TrainedNetwork;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.jobs.TrainingTargets;
import dev.fovea.pipeline.resume.ResumedTraining;
import dev.fovea.pipeline.teacher.TeacherCost;
import dev.fovea.pipeline.teacher.TeacherTargets;
import dev.fovea.training.DistillationSettings;
import dev.fovea.training.FineTuningSettings;
import dev.fovea.training.Recipe;
import dev.fovea.training.Sample;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.TrainingProcess;
import dev.fovea.training.TrainingRequest;
import dev.fovea.training.operator.OperatorSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns a network from divided images: all weights of a new one in a child process, or a head on a backbone. */
final class NetworkLearning {

    /** What the whole network gets where the head took all the time: enough to say so. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Images by which a student and its teachers are timed. */
    private static final int TIMED = 16;

    private final JobTools tools;
    private final TrainingSpec order;
    private final DatasetVersion dataset;
    private final TrainingListener listener;
    private TeacherTargets teachers = TeacherTargets.none();

    /**
     * A learning.
     *
     * @param dataset images with their splits
     */
    NetworkLearning(JobTools tools, TrainingSpec order, DatasetVersion dataset, TrainingListener listener) {
        this.tools = tools;
        this.order = order;
        this.dataset = dataset;
        this.listener = listener;
    }

    /**
     * Learns.
     *
     * @param directory for files on the way
     */
    FittedNetwork run(ScratchDirectory directory) {
        order.settings().distillation().ifPresent(settings -> teachers = taught(settings));
        FittedNetwork learned = learned(directory);
        order.settings().distillation().ifPresent(settings -> compare(settings, learned));
        return learned;
    }

    private TeacherTargets taught(DistillationSettings settings) {
        List<DatasetVersion.Item> images = new ArrayList<>(dataset.on(Split.TRAIN));
        images.addAll(dataset.on(Split.VALIDATION));
        return TeacherTargets.of(
                tools,
                settings,
                dataset,
                files(images),
                (done, total) -> listener.progress(
                        Step.TRAIN,
                        0,
                        Optional.empty(),
                        "the teachers' predictions, %,d of %,d".formatted(done, total)),
                listener::note);
    }

    private void compare(DistillationSettings settings, FittedNetwork learned) {
        if (learned.epochs().isPresent()) {
            listener.note(
                    "Whether the teacher helped the whole network is not known: train it with the same --seed and without --teacher, then fovea compare.");
        }
        List<Path> images = dataset.on(Split.TRAIN).stream()
                .limit(TIMED)
                .map(item -> order.folder().resolve(item.path()))
                .toList();
        listener.note(TeacherCost.sentence(
                TeacherCost.measured(tools, settings.teachers(), learned.network(), dataset.labels(), images)));
    }

    private FittedNetwork learned(ScratchDirectory directory) {
        return switch (order.start()) {
            case StartingNetwork.Fresh(Recipe recipe) -> fresh(recipe, directory);
            case StartingNetwork.Searched _ -> throw new IllegalStateException("a search has a training of its own");
            case StartingNetwork.Pretrained(Backbone backbone, StartingNetwork.FitScope fit) ->
                switch (fit) {
                    case HEAD -> head(backbone);
                    case NETWORK -> tuned(backbone, directory);
                };
        };
    }

    /** Refuses a network whose operators cannot be trained before an image is read. */
    static void requireOperators(TrainingSpec order) {
        if (order.start() instanceof StartingNetwork.Pretrained(Backbone backbone, StartingNetwork.FitScope fit)
                && fit == StartingNetwork.FitScope.NETWORK) {
            OperatorSupport.require(backbone.features());
        }
    }

    /**
     * The head on the training images alone, then all weights in what is left of the time. Where the validation images
     * say that this did not help, the head stays, now fitted to the validation images as well.
     */
    private FittedNetwork tuned(Backbone backbone, ScratchDirectory directory) {
        long start = System.nanoTime();
        HeadTraining.FittedHead fitted =
                fitted(new HeadTraining(tools).withPlainFeatures(), sized(backbone), dataset.on(Split.TRAIN));
        directory.write("head.onnx", fitted.network().bytes());
        Duration left = order.settings().schedule().timeBudget().minusNanos(System.nanoTime() - start);
        TrainingEvent.Finished finished = trained(
                new TrainingRequest(
                        directory.resolve("head.onnx"),
                        directory.resolve("learned.onnx"),
                        fitted.contract(),
                        dataset.labels(),
                        learned(Split.TRAIN),
                        samples(order, dataset, Split.VALIDATION),
                        order.settings().withTimeBudget(left.compareTo(LEAST) < 0 ? LEAST : left)),
                directory);
        if (finished.bestEpoch() == 0) {
            listener.note(
                    "Learning all weights did not predict the validation images better than the head alone, which stays.");
            FittedNetwork head = head(backbone);
            return new FittedNetwork(head.network(), head.head(), Optional.of(finished));
        }
        Map<String, String> described = new HashMap<>(fitted.report().described());
        described.put(TrainingSpec.EPOCHS_RUN, Integer.toString(finished.epochs()));
        described.put(TrainingSpec.STEPS_RUN, finished.steps());
        described.put(
                TrainingSpec.EDGE,
                Integer.toString(fitted.contract().outputSize().width()));
        return new FittedNetwork(
                new TrainedNetwork(
                        CandidateModel.read(directory.resolve("learned.onnx")),
                        fitted.contract(),
                        (System.nanoTime() - start) / 1e9,
                        described),
                Optional.of(fitted.report()),
                Optional.of(finished));
    }

    /** At the stated size, or at the images' own where that is smaller and the network takes it. */
    private Backbone sized(Backbone backbone) {
        int stated = order.settings().fineTuning().map(FineTuningSettings::edge).orElse(0);
        int edge = stated > 0 ? stated : BackboneSize.suggested(dataset.on(Split.TRAIN), backbone.contract());
        Backbone sized = BackboneSize.at(backbone, edge);
        if (stated > 0) {
            return sized;
        }
        Size own = backbone.contract().outputSize();
        if (edge >= Math.min(own.width(), own.height()) || !HeadTraining.runs(tools, sized)) {
            return backbone;
        }
        listener.note(
                "The network learns and serves at %d × %d pixels, as half of the images are no larger; its weights were learned at %d × %d. --edge %d magnifies them."
                        .formatted(edge, edge, own.width(), own.height(), own.width()));
        return sized;
    }

    private FittedNetwork fresh(Recipe recipe, ScratchDirectory directory) {
        OnnxModel network =
                recipe.network(dataset.labels().size(), order.settings().seed());
        directory.write("fresh.onnx", network.bytes());
        TrainingRequest request = new TrainingRequest(
                directory.resolve("fresh.onnx"),
                directory.resolve("learned.onnx"),
                recipe.contract(),
                dataset.labels(),
                learned(Split.TRAIN),
                samples(order, dataset, Split.VALIDATION),
                order.settings());
        TrainingEvent.Finished finished = trained(request, directory);
        return new FittedNetwork(
                new TrainedNetwork(
                        CandidateModel.read(directory.resolve("learned.onnx")),
                        recipe.contract(),
                        finished.seconds(),
                        Map.of(TrainingSpec.EPOCHS_RUN, Integer.toString(finished.epochs()))),
                Optional.empty(),
                Optional.of(finished));
    }

    private TrainingEvent.Finished trained(TrainingRequest request, ScratchDirectory directory) {
        String key = dataset.id() + order.start().described(order.settings());
        return new ResumedTraining(tools, key, new TrainingSteps(listener), listener::note)
                .run(TrainingProcess.ChildWork.of(request), directory);
    }

    /** Validation images are learned from as well: cross-validation does their work. */
    private FittedNetwork head(Backbone backbone) {
        List<DatasetVersion.Item> training = new ArrayList<>(dataset.on(Split.TRAIN));
        training.addAll(dataset.on(Split.VALIDATION));
        HeadTraining.FittedHead fitted = fitted(new HeadTraining(tools), backbone, training);
        return new FittedNetwork(
                new TrainedNetwork(
                        fitted.network().bytes(),
                        fitted.contract(),
                        fitted.report().seconds(),
                        fitted.report().described()),
                Optional.of(fitted.report()),
                Optional.empty());
    }

    private HeadTraining.FittedHead fitted(HeadTraining heads, Backbone backbone, List<DatasetVersion.Item> training) {
        return heads.run(
                new HeadTraining.HeadOrder(
                        backbone,
                        dataset.labels(),
                        files(training),
                        files(dataset.on(Split.TEST)),
                        order.settings().regularization().classWeights(),
                        order.settings().seed(),
                        order.settings()
                                .distillation()
                                .map(DistillationSettings::weight)
                                .orElse(0.0)),
                new HeadSteps(listener));
    }

    private List<LabelledFile> files(List<DatasetVersion.Item> items) {
        return GroupedFiles.of(
                items,
                item -> teachers.taught(
                        TrainingTargets.sample(order.data(), order.folder(), item, dataset.labels()),
                        item.contentHash()));
    }

    /** Images to learn from, with what teachers predict. */
    private List<Sample> learned(Split split) {
        return dataset.on(split).stream()
                .map(item -> teachers.taught(
                        TrainingTargets.sample(order.data(), order.folder(), item, dataset.labels()),
                        item.contentHash()))
                .toList();
    }

    /** Images with their targets; near duplicates are of one group. */
    static List<LabelledFile> files(TrainingSpec order, DatasetVersion dataset, List<DatasetVersion.Item> items) {
        return GroupedFiles.of(
                items, item -> TrainingTargets.sample(order.data(), order.folder(), item, dataset.labels()));
    }

    static List<Sample> samples(TrainingSpec order, DatasetVersion dataset, Split split) {
        return dataset.on(split).stream()
                .map(item -> TrainingTargets.sample(order.data(), order.folder(), item, dataset.labels()))
                .toList();
    }

    /** Tells a listener of a training how far the fit of a head has come. */
    private record HeadSteps(TrainingListener listener) implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            listener.progress(Step.TRAIN, fraction, Optional.empty(), detail);
        }

        @Override
        public void note(String sentence) {
            listener.note(sentence);
        }
    }
}
