package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import dev.fovea.statistics.Softmax;
import java.util.List;
import java.util.Map;

/**
 * DETR: each query predicts one object, so nothing is suppressed; see {@link DecoderConfig.Detr}. Source of the
 * post-processing: {@code PostProcess} in facebookresearch/detr (softmax) and fundamentalvision/Deformable-DETR
 * (sigmoid). Pure.
 */
final class DetrDecoder {

    private DetrDecoder() {}

    /** Best first, at most the decoder's limit. */
    static List<Candidate> candidates(DecoderConfig.Detr decoder, Map<String, Tensor> outputs, Size input) {
        OutputTensor logits = OutputTensor.of(outputs, decoder.logits(), 2);
        OutputTensor boxes = OutputTensor.of(outputs, decoder.boxes(), 2);
        int queries = logits.length(0);
        int classes = logits.length(1);
        boxes.require(
                boxes.length(0) == queries && boxes.length(1) == 4, decoder.boxes(), "[%d, 4]".formatted(queries));
        boolean softmax = decoder.activation() == ScoreActivation.SOFTMAX;
        logits.require(classes > (softmax ? 1 : 0), decoder.logits(), "with classes");
        Candidates found = new Candidates(decoder.score());
        for (int q = 0; q < queries; q++) {
            if (softmax) {
                double[] shares = Softmax.of(logits.values(), q * classes, classes, 1);
                int label = ScoreMath.largest(logits.values(), q * classes, 1, classes - 1);
                add(found, q, label, shares[label], boxes.values(), input);
            } else {
                for (int label = 0; label < classes; label++) {
                    double score = ScoreMath.sigmoid(logits.values()[q * classes + label]);
                    add(found, q, label, score, boxes.values(), input);
                }
            }
        }
        return NonMaximumSuppression.best(found.all(), decoder.limit());
    }

    private static void add(Candidates found, int query, int label, double score, float[] boxes, Size input) {
        int at = query * 4;
        found.add(
                query,
                label,
                score,
                (double) boxes[at] * input.width(),
                (double) boxes[at + 1] * input.height(),
                (double) boxes[at + 2] * input.width(),
                (double) boxes[at + 3] * input.height());
    }
}
