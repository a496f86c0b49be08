package dev.fovea.training.detection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.OutputDecoder;
import dev.fovea.training.detection.SeenImages.SeenImage;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** COCO's measure of a network on images that it does not learn from, by the decoder that serves it. */
final class DetectorValidation {

    private static final int BATCH = 4;

    /** As low as in COCO's measure. */
    private static final double MIN_SCORE = 0.001;

    private final List<LabelledBoxes> labelled;
    private final SeenImages images;
    private final List<String> labels;
    private final DetectorForm form;
    private final InputScaling scaling;

    DetectorValidation(
            List<LabelledBoxes> labelled,
            SeenImages images,
            List<String> labels,
            DetectorForm form,
            InputScaling scaling) {
        this.labelled = labelled;
        this.images = images;
        this.labels = labels;
        this.form = form;
        this.scaling = scaling;
    }

    /** Number of images. */
    int count() {
        return images.count();
    }

    /** Runs all images with the given weights in place of the graph's own; {@code alive} is called after each batch. */
    DetectionReport run(NDManager root, TrainableGraph graph, Map<String, NDArray> weights, Runnable alive) {
        List<ImageDetections> detected = new ArrayList<>();
        for (int from = 0; from < images.count(); from += BATCH) {
            int to = Math.min(from + BATCH, images.count());
            try (NDManager pass = root.newSubManager()) {
                NDArray input = scaling.tensor(pass, joined(from, to), to - from, images.size());
                float[] values =
                        graph.forward(input, GraphMode.INFERENCE, weights).toFloatArray();
                int each = values.length / (to - from);
                for (int i = from; i < to; i++) {
                    float[] one = new float[each];
                    System.arraycopy(values, (i - from) * each, one, 0, each);
                    detected.add(new ImageDetections(
                            labelled.get(i).boxes(),
                            labelled.get(i).ignored(),
                            found(one, images.images().get(i))));
                }
            }
            alive.run();
        }
        return DetectionReport.of(detected, labels);
    }

    private List<Detection> found(float[] values, SeenImage image) {
        DecoderConfig decoder = form.decoder().withScore(MIN_SCORE);
        Tensor output = Tensor.of(DetectorForm.OUTPUT, new long[] {1, form.cells(), form.row()}, values);
        return OutputDecoder.decode(decoder, Map.of(DetectorForm.OUTPUT, output), image.transform())
                        instanceof Decoded.Detections(List<Detection> detections)
                ? detections
                : List.of();
    }

    private byte[] joined(int from, int to) {
        int each = images.imageBytes();
        byte[] joined = new byte[(to - from) * each];
        for (int i = from; i < to; i++) {
            System.arraycopy(images.images().get(i).pixels(), 0, joined, (i - from) * each, each);
        }
        return joined;
    }
}
