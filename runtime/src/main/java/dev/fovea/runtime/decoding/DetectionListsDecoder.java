package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.List;
import java.util.Map;

/** Boxes, scores and classes that the graph has selected; see {@link DetectionLists}. Pure. */
public final class DetectionListsDecoder {

    private static final int BOX = 4;

    private DetectionListsDecoder() {}

    /** Best first, at most the decoder's limit, in pixels of the input. */
    static List<Candidate> candidates(DetectionLists decoder, Map<String, Tensor> outputs, Size input) {
        DetectionLists.OutputNames tensors = decoder.tensors();
        OutputTensor boxes = OutputTensor.of(outputs, tensors.boxes(), 2);
        OutputTensor classes = OutputTensor.of(outputs, tensors.classes(), 1);
        int length = boxes.length(0);
        int row = tensors.scores().isPresent() ? BOX : BOX + 1;
        boxes.require(boxes.length(1) == row, tensors.boxes(), "[detections, %d]".formatted(row));
        classes.require(classes.length(0) == length, tensors.classes(), "[%d]".formatted(length));
        OutputTensor scores =
                tensors.scores().map(name -> OutputTensor.of(outputs, name, 1)).orElse(boxes);
        if (tensors.scores().isPresent()) {
            scores.require(scores.length(0) == length, tensors.scores().get(), "[%d]".formatted(length));
        }
        int count = tensors.count().map(name -> count(outputs, name, length)).orElse(length);
        Candidates found = new Candidates(decoder.score());
        for (int i = 0; i < count; i++) {
            int label = Math.round(classes.values()[i]) - decoder.firstClass();
            double score = tensors.scores().isPresent() ? scores.values()[i] : boxes.values()[i * row + BOX];
            if (label >= 0 && score > 0) {
                add(found, decoder, i, label, score, boxes.values(), i * row, input);
            }
        }
        return NonMaximumSuppression.best(found.all(), decoder.limit());
    }

    /** How many of the rows count; one number for the image, with or without a batch axis. */
    public static int count(Map<String, Tensor> outputs, String name, int length) {
        Tensor tensor = outputs.get(name);
        OutputTensor count = tensor != null && tensor.shape().length == 0
                ? OutputTensor.of(outputs, name, 0)
                : OutputTensor.of(outputs, name, 1);
        count.require(count.values().length == 1, name, "[1]");
        return Math.clamp(Math.round(count.values()[0]), 0, length);
    }

    private static void add(
            Candidates found,
            DetectionLists decoder,
            int index,
            int label,
            double score,
            float[] boxes,
            int at,
            Size input) {
        boolean shares = decoder.unit() == BoxUnit.SHARES;
        double x = shares ? input.width() : 1;
        double y = shares ? input.height() : 1;
        float a = boxes[at];
        float b = boxes[at + 1];
        float c = boxes[at + 2];
        float d = boxes[at + 3];
        switch (decoder.form()) {
            case CORNERS -> found.corners(index, label, score, a * x, b * y, c * x, d * y);
            case CORNERS_YX -> found.corners(index, label, score, b * x, a * y, d * x, c * y);
            case CENTER -> found.add(index, label, score, a * x, b * y, c * x, d * y);
        }
    }
}
