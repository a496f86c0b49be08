package dev.fovea.pipeline.head;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.model.head.LinearHead;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.head.CutBackbone.FeatureProgress;
import dev.fovea.pipeline.head.HeadFit.Examples;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A network that ends in its features and waits for a head. */
public final class HeadlessNetwork {

    private final JobTools tools;
    private final FeatureNetwork network;
    private final Optional<String> precision;

    /** @param precision in words; empty for that of the backbone */
    HeadlessNetwork(JobTools tools, FeatureNetwork network, Optional<String> precision) {
        this.tools = tools;
        this.network = network;
        this.precision = precision;
    }

    /**
     * A head that was fitted, with its predictions of images that it was not fitted to.
     *
     * @param transform of the features before it
     * @param c inverse strength of its penalty
     * @param outOfFold the predictions of cross-validation against the labels
     */
    public record CandidateHead(FeatureTransform transform, LinearHead head, double c, ConfusionMatrix outOfFold) {}

    /** The network; its only output is the features. */
    public OnnxModel model() {
        return network.graph().model();
    }

    /** Its preprocessing. */
    public PreprocessingContract contract() {
        return network.contract();
    }

    /** D. */
    public int length() {
        return network.graph().features();
    }

    /** The same network by other arithmetic, made of {@link #model}. */
    public HeadlessNetwork replacedBy(OnnxModel other, String words) {
        return new HeadlessNetwork(
                tools, new FeatureNetwork(network.backbone(), network.graph().replacedBy(other)), Optional.of(words));
    }

    /** Features of images, {@code [N,D]}. */
    public FeatureMatrix features(List<LabelledFile> images, FeatureProgress progress) {
        return CutBackbone.cached(tools).of(network, images, progress::at);
    }

    /**
     * Fits a head.
     *
     * @param features of the images, in their order
     * @param classes K
     * @param balanced whether rare classes are favoured, where that finds them better
     * @param seed of the folds
     * @throws FoveaException {@code DATASET_INVALID} for images that are all equal, and for labels that the features
     *     tell no better than chance
     */
    public CandidateHead fit(
            FeatureMatrix features, List<LabelledFile> images, int classes, boolean balanced, long seed) {
        return fit(List.of(FeatureTransform.values()), examples(features, images, classes), balanced, seed);
    }

    /** The same for a network whose weights are trained afterwards: gradients go through plain features only. */
    public CandidateHead fitPlain(
            FeatureMatrix features, List<LabelledFile> images, int classes, boolean balanced, long seed) {
        return fit(List.of(FeatureTransform.PLAIN), examples(features, images, classes), balanced, seed);
    }

    private static Examples examples(FeatureMatrix features, List<LabelledFile> images, int classes) {
        return new Examples(
                features,
                ClassTargets.ofSoftLabels(images.stream()
                        .map(image -> image.sample().probabilities(classes))
                        .toArray(double[][]::new)),
                images.stream().mapToInt(LabelledFile::group).toArray());
    }

    private static CandidateHead fit(
            List<FeatureTransform> transforms, Examples examples, boolean balanced, long seed) {
        HeadFit fit = HeadFit.of(examples, transforms, balanced, seed);
        return new CandidateHead(
                fit.transform(), fit.head(), fit.balance().chosen().fit().c(), fit.outOfFold());
    }

    /** The classifier; its only output is the logits {@code [N,K]}. */
    public OnnxModel with(CandidateHead head) {
        Backbone backbone = network.backbone();
        Map<String, String> provenance = new TreeMap<>(Map.of(
                FoveaMetadata.SOURCE,
                backbone.name() + precision.map(words -> ", " + words).orElse("")));
        backbone.licence().ifPresent(licence -> provenance.put(FoveaMetadata.LICENCE, licence));
        return FoveaMetadata.written(network.graph().with(head.transform(), head.head()), contract(), provenance);
    }
}
