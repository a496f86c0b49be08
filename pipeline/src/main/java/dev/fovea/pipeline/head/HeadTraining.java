package dev.fovea.pipeline.head;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.head.HeadFit.Examples;
import dev.fovea.pipeline.head.HeadReport.HeadChoices;
import dev.fovea.pipeline.head.HeadReport.HeadScores;
import dev.fovea.pipeline.head.HeadReport.RareClasses;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.StratifiedFolds;
import dev.fovea.statistics.nearest.CosineNeighbors;
import dev.fovea.statistics.nearest.NearestMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits a head to the features of a backbone. The same images, backbone and seed give the same network to the byte on
 * one machine.
 */
public final class HeadTraining {

    private static final int NEIGHBORS = 5;

    /** Images by which the view is chosen. */
    static final int VIEWED = 600;

    /** Distances between more pairs than this take minutes. */
    private static final double MAX_PRODUCTS = 4e10;

    private final JobTools tools;
    private final CachedFeatures features;
    private final List<FeatureTransform> transforms;

    /** A training with these tools; features are kept in the home's cache on this machine. */
    public HeadTraining(JobTools tools) {
        this(tools, List.of(FeatureTransform.values()));
    }

    private HeadTraining(JobTools tools, List<FeatureTransform> transforms) {
        this.tools = tools;
        this.transforms = transforms;
        this.features = new CachedFeatures(tools, new FeatureCache(tools.featureCache(), FeatureCache.MAX_BYTES));
    }

    /** The same for a network whose weights are trained afterwards: gradients go through plain features only. */
    public HeadTraining withPlainFeatures() {
        return new HeadTraining(tools, List.of(FeatureTransform.PLAIN));
    }

    /**
     * What is fitted.
     *
     * @param labels in the order of the head's outputs
     * @param training images to fit to
     * @param test images that baselines are evaluated on
     * @param balanced whether the correction for rare classes is tried
     * @param seed of the folds of cross-validation
     * @param teacherWeight share of what teachers predict in the targets, for the images that have it; 0 for none
     */
    public record HeadOrder(
            Backbone backbone,
            List<String> labels,
            List<LabelledFile> training,
            List<LabelledFile> test,
            boolean balanced,
            long seed,
            double teacherWeight) {

        /** Without a teacher. */
        public HeadOrder(
                Backbone backbone,
                List<String> labels,
                List<LabelledFile> training,
                List<LabelledFile> test,
                boolean balanced,
                long seed) {
            this(backbone, labels, training, test, balanced, seed, 0);
        }

        public HeadOrder {
            labels = List.copyOf(labels);
            training = List.copyOf(training);
            test = List.copyOf(test);
        }
    }

    /** Hears how far the work has come. */
    public interface HeadProgress {

        /** So far; the fraction is that of the whole work. */
        void at(double fraction, String detail);

        /** Something that a person should know, in a sentence. */
        void note(String sentence);
    }

    /**
     * A classifier: the backbone up to its features, and the head.
     *
     * @param network its only output is the logits {@code [N,K]}
     * @param contract the preprocessing that it was fitted with
     */
    public record FittedHead(OnnxModel network, PreprocessingContract contract, HeadReport report) {}

    /**
     * Fits.
     *
     * @throws FoveaException {@code DATASET_INVALID} for classes of one image, images that are all equal and labels
     *     that are no better than chance; {@code MODEL_SIGNATURE_UNSUPPORTED} for a backbone without features;
     *     {@code CANCELLED}
     */
    public FittedHead run(HeadOrder order, HeadProgress progress) {
        long start = System.nanoTime();
        LearnableClasses.require(order);
        FeatureNetwork network = FeatureNetwork.of(tools.engine(), order.backbone());
        ViewChoice choice = view(order, network, progress);
        progress.note(choice.sentence());
        FeatureNetwork viewed = network.with(choice.view().of(network.contract()));
        List<LabelledFile> all = new ArrayList<>(order.training());
        all.addAll(order.test());
        FeatureMatrix everything = features.of(viewed, all, counted(progress, 0.3, 0.9));
        int fitted = order.training().size();
        Examples examples =
                examples(everything.select(IntStream.range(0, fitted).toArray()), order.training(), order.labels());
        progress.at(0.9, "fitting %,d features of %,d images".formatted(everything.columns(), fitted));
        HeadFit plain = HeadFit.of(examples, transforms, order.balanced(), order.seed());
        HeadFit taught = taught(examples, order, plain);
        Optional<TaughtHead> teachers = taught == plain
                ? Optional.empty()
                : Optional.of(TaughtHead.of(
                        taught,
                        plain,
                        examples.sample(HeadFit.MAX_VALIDATED, order.seed()).targets()));
        HeadFit fit = teachers.map(TaughtHead::kept).orElse(false) ? taught : plain;
        List<HeadScores> baselines = order.test().isEmpty()
                ? List.of()
                : baselines(
                        examples,
                        everything.select(IntStream.range(fitted, all.size()).toArray()),
                        order);
        OnnxModel classifier = FoveaMetadata.written(
                viewed.graph().with(fit.transform(), fit.head()), viewed.contract(), provenance(order.backbone()));
        progress.at(1, "fitted");
        return new FittedHead(
                classifier,
                viewed.contract(),
                new HeadReport(
                        everything.columns(),
                        new HeadChoices(
                                choice.view(),
                                fit.transform(),
                                fit.balance().chosen().fit().c(),
                                RareClasses.of(fit)),
                        HeadScores.of("cross-validation", fit.outOfFold()),
                        baselines,
                        fitted,
                        (System.nanoTime() - start) / 1e9,
                        teachers));
    }

    /** The head with teachers, where some image has one. */
    private HeadFit taught(Examples examples, HeadOrder order, HeadFit plain) {
        boolean isTaught = order.training().stream()
                .anyMatch(image -> !image.sample().taught().isEmpty());
        return isTaught && order.teacherWeight() > 0
                ? HeadFit.of(
                        examples.with(
                                MixedTargets.of(order.training(), order.labels().size(), order.teacherWeight())),
                        transforms,
                        order.balanced(),
                        order.seed())
                : plain;
    }

    /**
     * The features that {@link #run} fits to, in the view that it chooses, for studies of the same images. Errors of
     * {@link #run} for images and backbones.
     */
    public StudiedFeatures study(HeadOrder order, HeadProgress progress) {
        LearnableClasses.require(order);
        FeatureNetwork network = FeatureNetwork.of(tools.engine(), order.backbone());
        ViewChoice choice = view(order, network, progress);
        progress.note(choice.sentence());
        FeatureNetwork viewed = network.with(choice.view().of(network.contract()));
        Examples examples = examples(
                features.of(viewed, order.training(), counted(progress, 0.3, 1)), order.training(), order.labels());
        return new StudiedFeatures(examples.features(), examples.targets(), examples.groups());
    }

    /** Whether a backbone gives features of images of its contract's size. */
    public static boolean runs(JobTools tools, Backbone backbone) {
        try {
            FeatureNetwork _ = FeatureNetwork.of(tools.engine(), backbone);
            return true;
        } catch (FoveaException e) {
            return false;
        }
    }

    /**
     * The features that a head is fitted to, of squashed images, {@code [N,D]}.
     *
     * @throws FoveaException as {@link #run}
     */
    public FeatureMatrix features(Backbone backbone, List<LabelledFile> images) {
        FeatureNetwork network = FeatureNetwork.of(tools.engine(), backbone);
        return features.of(network.with(InputView.SQUASHED.of(network.contract())), images, (done, total) -> {});
    }

    private ViewChoice view(HeadOrder order, FeatureNetwork network, HeadProgress progress) {
        int[] labels = order.training().stream()
                .mapToInt(image -> image.sample().label())
                .toArray();
        int parts = (labels.length + VIEWED - 1) / VIEWED;
        List<LabelledFile> some = parts < 2
                ? order.training()
                : IntStream.of(StratifiedFolds.of(labels, parts, order.seed()).inside(0))
                        .mapToObj(order.training()::get)
                        .toList();
        return ViewChoice.of(
                network.contract(),
                view -> {
                    double from = view == InputView.SQUASHED ? 0 : 0.15;
                    FeatureNetwork viewed = network.with(view.of(network.contract()));
                    return examples(
                            features.of(viewed, some, counted(progress, from, from + 0.15)), some, order.labels());
                },
                order.seed());
    }

    static CachedFeatures.Progress counted(HeadProgress progress, double from, double to) {
        return (done, total) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new FoveaException(ErrorCode.CANCELLED, "The training was cancelled.");
            }
            progress.at(
                    from + (to - from) * done / Math.max(1, total),
                    "features of %,d of %,d images".formatted(done, total));
        };
    }

    static Examples examples(FeatureMatrix features, List<LabelledFile> images, List<String> labels) {
        return new Examples(
                features,
                ClassTargets.ofSoftLabels(images.stream()
                        .map(image -> image.sample().probabilities(labels.size()))
                        .toArray(double[][]::new)),
                images.stream().mapToInt(LabelledFile::group).toArray());
    }

    static List<HeadScores> baselines(Examples examples, FeatureMatrix test, HeadOrder order) {
        int classes = order.labels().size();
        int[] labels = examples.targets().labels();
        int[] truths =
                order.test().stream().mapToInt(image -> image.sample().label()).toArray();
        List<HeadScores> scores = new ArrayList<>();
        scores.add(HeadScores.of(
                "nearest class mean",
                ConfusionMatrix.tally(
                        classes, truths, new NearestMean(examples.features(), labels, classes).predict(test))));
        if ((double) labels.length * test.rows() * test.columns() <= MAX_PRODUCTS) {
            scores.add(HeadScores.of(
                    NEIGHBORS + " nearest neighbours",
                    ConfusionMatrix.tally(
                            classes,
                            truths,
                            new CosineNeighbors(examples.features(), labels, classes, NEIGHBORS).predict(test))));
        }
        return scores;
    }

    static Map<String, String> provenance(Backbone backbone) {
        Map<String, String> values = new TreeMap<>(Map.of(FoveaMetadata.SOURCE, backbone.name()));
        backbone.licence().ifPresent(licence -> values.put(FoveaMetadata.LICENCE, licence));
        return values;
    }
}
