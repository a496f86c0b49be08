package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.outputs.DecoderFinding.Open;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises detectors that select their detections in the graph, by the names, types and shapes of their outputs:
 * end-to-end YOLO, EfficientNMS, TensorFlow's detectors, torchvision, RT-DETR and D-FINE, MMDeploy.
 */
final class SelectedDecoders {

    private static final Set<String> BOXES =
            Set.of("boxes", "det_boxes", "detection_boxes", "pred_boxes", "bboxes", "bbox", "nmsed_boxes", "dets");
    private static final Set<String> SCORES =
            Set.of("scores", "det_scores", "detection_scores", "pred_scores", "nmsed_scores", "confidences");
    private static final Set<String> CLASSES = Set.of(
            "labels",
            "classes",
            "det_classes",
            "detection_classes",
            "pred_classes",
            "pred_labels",
            "nmsed_classes",
            "class_ids");
    private static final Set<String> COUNTS =
            Set.of("num_dets", "num_detections", "num_predictions", "nmsed_num", "num_boxes", "valid_detections");

    private static final int MAX_ROWS = 1000;

    private final OnnxModel model;
    private final boolean sized;

    /**
     * A recognition.
     *
     * @param sized whether the graph had an input that took the image's size
     */
    SelectedDecoders(OnnxModel model, boolean sized) {
        this.model = model;
        this.sized = sized;
    }

    /** End-to-end rows {@code [1,N,6]}, of Ultralytics where the metadata name it; otherwise a trial run decides. */
    Optional<DecoderFinding> rows(boolean ultralytics, Optional<String> prototypes, long coefficients) {
        TensorSpec output = model.outputs().getFirst();
        int axes = output.axes().size();
        long columns = axes == 0 ? -1 : length(output, axes - 1);
        boolean few = axes == 3 && (length(output, 1) <= MAX_ROWS);
        boolean shaped = output.type().startsWith("float")
                && few
                && columns == DetectionRows.ULTRALYTICS.size() + coefficients
                && length(output, 0) <= 1;
        if (!shaped) {
            return Optional.empty();
        }
        boolean selects =
                model.operators().containsKey("TopK") || model.operators().containsKey("NonMaximumSuppression");
        DecoderConfig decoder = new DetectionRows(
                output.name(),
                DetectionRows.ULTRALYTICS,
                BoxUnit.PIXELS,
                0,
                prototypes,
                Selection.DEFAULT.score(),
                Selection.DEFAULT.limit());
        return Optional.of(new DecoderFinding(
                decoder, "end-to-end YOLO", ultralytics || selects ? Set.of() : EnumSet.of(Open.KIND)));
    }

    /** Boxes, scores and classes in outputs of their own. */
    Optional<DecoderFinding> lists() {
        Optional<TensorSpec> boxes = only(BOXES, SelectedDecoders::isBoxes);
        Optional<TensorSpec> classes = only(CLASSES, spec -> isList(spec, boxes));
        Optional<TensorSpec> scores = only(SCORES, spec -> isList(spec, boxes));
        Optional<TensorSpec> count = only(COUNTS, spec -> spec.axes().size() <= 2);
        boolean joined = boxes.filter(spec -> last(spec) == 5).isPresent();
        if (boxes.isPresent() && classes.isPresent() && joined == scores.isEmpty()) {
            return Optional.of(named(boxes.get(), scores, classes.get(), count));
        }
        return unnamed();
    }

    /** Detectron's and torchvision's exports name nothing; types and shapes distinguish boxes, labels and scores. */
    private Optional<DecoderFinding> unnamed() {
        List<TensorSpec> outputs = model.outputs();
        Optional<TensorSpec> boxes = single(outputs.stream()
                .filter(spec -> isBoxes(spec) && last(spec) == 4 && spec.axes().size() == 2)
                .toList());
        Optional<TensorSpec> scores = single(outputs.stream()
                .filter(spec -> isList(spec, boxes) && spec.type().startsWith("float"))
                .toList());
        Optional<TensorSpec> classes = single(outputs.stream()
                .filter(spec -> isList(spec, boxes) && spec.type().startsWith("int"))
                .toList());
        if (boxes.isEmpty() || scores.isEmpty() || classes.isEmpty() || outputs.size() > 4) {
            return Optional.empty();
        }
        return Optional.of(finding(
                "torchvision",
                new DetectionLists.OutputNames(
                        boxes.get().name(),
                        scores.map(TensorSpec::name),
                        classes.get().name(),
                        Optional.empty()),
                BoxForm.CORNERS,
                BoxUnit.PIXELS,
                1,
                Set.of()));
    }

    private DecoderFinding named(
            TensorSpec boxes, Optional<TensorSpec> scores, TensorSpec classes, Optional<TensorSpec> count) {
        DetectionLists.OutputNames tensors = new DetectionLists.OutputNames(
                boxes.name(), scores.map(TensorSpec::name), classes.name(), count.map(TensorSpec::name));
        String name = plain(boxes.name());
        if (name.equals("detection_boxes")) {
            return finding("TensorFlow", tensors, BoxForm.CORNERS_YX, BoxUnit.SHARES, 1, Set.of());
        }
        if (sized) {
            return finding("RT-DETR", tensors, BoxForm.CORNERS, BoxUnit.PIXELS, 0, Set.of());
        }
        if (name.equals("dets")) {
            return finding("MMDeploy", tensors, BoxForm.CORNERS, BoxUnit.PIXELS, 0, Set.of());
        }
        if (boxes.axes().size() == 2) {
            return finding("torchvision", tensors, BoxForm.CORNERS, BoxUnit.PIXELS, 1, Set.of());
        }
        return count.isPresent()
                ? finding("EfficientNMS", tensors, BoxForm.CORNERS, BoxUnit.PIXELS, 0, Set.of())
                : finding(
                        "boxes, scores and classes",
                        tensors,
                        BoxForm.CORNERS,
                        BoxUnit.PIXELS,
                        0,
                        EnumSet.of(Open.UNIT, Open.FIRST_CLASS));
    }

    private static DecoderFinding finding(
            String family, DetectionLists.OutputNames tensors, BoxForm form, BoxUnit unit, int first, Set<Open> open) {
        return new DecoderFinding(
                new DetectionLists(tensors, form, unit, first, Selection.DEFAULT.score(), Selection.DEFAULT.limit()),
                family,
                open);
    }

    private Optional<TensorSpec> only(Set<String> names, java.util.function.Predicate<TensorSpec> shaped) {
        return single(model.outputs().stream()
                .filter(spec -> names.contains(plain(spec.name())) && shaped.test(spec))
                .toList());
    }

    private static Optional<TensorSpec> single(List<TensorSpec> specs) {
        return specs.size() == 1 ? Optional.of(specs.getFirst()) : Optional.empty();
    }

    /** TensorFlow's converters add {@code :0}. */
    private static String plain(String name) {
        return name.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isBoxes(TensorSpec spec) {
        int axes = spec.axes().size();
        return (axes == 2 || axes == 3) && (last(spec) == 4 || last(spec) == 5);
    }

    /** One value for each box. */
    private static boolean isList(TensorSpec spec, Optional<TensorSpec> boxes) {
        return boxes.filter(found -> spec.axes().size() == found.axes().size() - 1)
                .filter(found -> {
                    long one = length(spec, spec.axes().size() - 1);
                    long other = length(found, found.axes().size() - 2);
                    return one == other || one < 0 || other < 0;
                })
                .isPresent();
    }

    private static long last(TensorSpec spec) {
        return length(spec, spec.axes().size() - 1);
    }

    private static long length(TensorSpec spec, int axis) {
        return spec.axes().get(axis).fixed().orElse(-1L);
    }
}
