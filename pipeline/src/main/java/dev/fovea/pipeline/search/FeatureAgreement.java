package dev.fovea.pipeline.search;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.model.head.LinearHead;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.head.HeadlessNetwork.CandidateHead;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.quantize.NetworkEvaluator;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.List;

/**
 * Compares networks that end in their features by a head that was fitted to those of the first: the share of images
 * that get the same label. Whether the features are good enough, cross-validation tells afterwards.
 */
final class FeatureAgreement implements NetworkEvaluator {

    private final Engine engine;
    private final CandidateHead head;
    private final List<Tensor> images;
    private final int[] expected;

    /** @param images tensors of one image each */
    FeatureAgreement(Engine engine, OnnxModel original, CandidateHead head, List<Tensor> images) {
        this.engine = engine;
        this.head = head;
        this.images = images;
        this.expected = labels(original);
    }

    @Override
    public AcceptanceResult evaluate(OnnxModel candidate) {
        int[] labels = labels(candidate);
        double[] same = new double[labels.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = labels[i] == expected[i] ? 1 : 0;
        }
        return AcceptanceCriteria.DEFAULT.agreement(same);
    }

    private int[] labels(OnnxModel network) {
        try (Session session = engine.load(network.bytes(), SessionSettings.forThisMachine())) {
            return images.stream()
                    .mapToInt(image ->
                            label(session.run(List.of(image)).getFirst().floats()))
                    .toArray();
        }
    }

    private int label(float[] features) {
        LinearHead linear = head.head();
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < linear.classes(); k++) {
            double logit = linear.bias()[k];
            for (int d = 0; d < linear.features(); d++) {
                logit += linear.weights()[k * linear.features() + d] * transformed(features[d]);
            }
            if (logit > highest) {
                highest = logit;
                best = k;
            }
        }
        return best;
    }

    private double transformed(float feature) {
        return head.transform() == FeatureTransform.PLAIN
                ? feature
                : Math.copySign(Math.sqrt(Math.abs(feature)), feature);
    }
}
