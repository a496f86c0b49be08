package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Executes a decoder: the outputs of one image to typed predictions in the image's own pixels. Pure and thread-safe.
 * Errors: {@code DECODER_INVALID} when decoder and outputs do not fit together, {@code INFERENCE_FAILED} for NaN.
 */
public final class OutputDecoder {

    private OutputDecoder() {}

    /**
     * Decodes the outputs of one image.
     *
     * @param outputs by name, each with or without a batch axis of length 1
     * @param placement where the image lies in the network's input; {@link ImageTransform#identity} gives answers in
     *     pixels of the input; a mask of one class is that of the second of two labels
     */
    public static Decoded decode(DecoderConfig decoder, Map<String, Tensor> outputs, ImageTransform placement) {
        return decode(decoder, outputs, placement, 2);
    }

    /**
     * The same for a known number of labels, which says what a mask of one class leaves and which indices are classes.
     *
     * @param labels the label count
     */
    public static Decoded decode(
            DecoderConfig decoder, Map<String, Tensor> outputs, ImageTransform placement, int labels) {
        return switch (decoder) {
            case DecoderConfig.Yolox yolox ->
                plain(YoloxDecoder.candidates(yolox, outputs, placement.input()), yolox.selection(), placement);
            case DecoderConfig.YoloV5 v5 -> yolo(YoloOutput.of(v5, outputs), v5.selection(), placement);
            case DecoderConfig.YoloV8 v8 -> yolo(YoloOutput.of(v8, outputs), v8.selection(), placement);
            case DecoderConfig.BoxesAndScores sides ->
                plain(
                        BoxesAndScoresDecoder.candidates(sides, outputs, placement.input()),
                        sides.selection(),
                        placement);
            case DecoderConfig.FastestDet fastest ->
                plain(
                        FastestDetDecoder.candidates(fastest, outputs, placement.input()),
                        fastest.selection(),
                        placement);
            case DecoderConfig.Detr detr ->
                placed(DetrDecoder.candidates(detr, outputs, placement.input()), placement, box -> Optional.empty());
            case DetectionRows rows -> rows(DetectionRowsDecoder.of(rows, outputs), placement);
            case DetectionLists lists ->
                placed(
                        DetectionListsDecoder.candidates(lists, outputs, placement.input()),
                        placement,
                        box -> Optional.empty());
            case NanoDet nano ->
                plain(NanoDetDecoder.candidates(nano, outputs, placement.input()), nano.selection(), placement);
            case DecoderConfig.TextMap text ->
                new Decoded.TextRegions(TextMapDecoder.regions(text, outputs, placement));
            case DecoderConfig.SemanticMap map ->
                new Decoded.ClassRegions(SemanticMapDecoder.regions(map, outputs, placement, labels));
        };
    }

    private static Decoded plain(List<Candidate> candidates, Selection selection, ImageTransform placement) {
        return placed(NonMaximumSuppression.select(candidates, selection), placement, candidate -> Optional.empty());
    }

    private static Decoded yolo(YoloOutput output, Selection selection, ImageTransform placement) {
        List<Candidate> kept = NonMaximumSuppression.select(output.candidates(selection.score()), selection);
        return placed(
                kept,
                placement,
                candidate -> output.prototypes()
                        .map(prototypes -> new PrototypeMask(prototypes, output.coefficients(candidate.index()))
                                .in(placement, placement.toImage(candidate.box()))));
    }

    private static Decoded rows(DetectionRowsDecoder rows, ImageTransform placement) {
        return placed(
                rows.candidates(placement.input()),
                placement,
                candidate -> rows.prototypes()
                        .map(prototypes -> new PrototypeMask(prototypes, rows.coefficients(candidate.index()))
                                .in(placement, placement.toImage(candidate.box()))));
    }

    /** Maps candidates to the image's pixels and drops those that lie wholly in the border. */
    private static Decoded placed(
            List<Candidate> candidates, ImageTransform placement, Function<Candidate, Optional<Mask>> mask) {
        List<Detection> detections = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Box box = placement.toImage(candidate.box());
            if (!box.isEmpty()) {
                detections.add(new Detection(candidate.label(), candidate.score(), box, mask.apply(candidate)));
            }
        }
        return new Decoded.Detections(detections);
    }
}
