package dev.fovea.pipeline.detector;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.anomaly.MidLayer;
import dev.fovea.model.anomaly.MidLayers;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.detector.DetectorNeck;
import dev.fovea.model.detector.YoloxHead;
import dev.fovea.model.extension.GraphExtension;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.jobs.JobTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network that a training starts from.
 *
 * @param network whose output has the form
 * @param contract that of the backbone, but that the whole image is seen in a square
 * @param form of the network
 * @param kind how it was made, in words
 */
record StartingDetector(OnnxModel network, PreprocessingContract contract, DetectorForm form, String kind) {

    private static final int GRAY = 114;

    /**
     * Makes the network: a YOLOX keeps all layers but those of its classes, another one gets a neck and a head.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a network without feature maps at the strides
     */
    static StartingDetector of(JobTools tools, Backbone backbone, int edge, int classes, long seed) {
        PreprocessingContract contract = letterboxed(backbone.contract(), edge);
        DetectorForm form = new DetectorForm(Size.square(edge), classes);
        Optional<YoloxHead> yolox = YoloxHead.find(backbone.model());
        return yolox.map(head ->
                        new StartingDetector(head.with(form, seed), contract, form, "YOLOX with new class layers"))
                .orElseGet(() -> new StartingDetector(
                        neck(tools, backbone, contract, form).with(form, seed),
                        contract,
                        form,
                        "feature pyramid and head on a backbone"));
    }

    /** The whole image with its proportion kept: boxes are to keep theirs, and nothing at an edge is lost. */
    private static PreprocessingContract letterboxed(PreprocessingContract contract, int edge) {
        Resize.Letterbox whole = contract.resize() instanceof Resize.Letterbox box
                ? new Resize.Letterbox(Size.square(edge), box.filter(), box.engine(), box.pad(), box.anchor())
                : new Resize.Letterbox(
                        Size.square(edge),
                        contract.resize().filter(),
                        contract.resize().engine(),
                        GRAY,
                        Resize.Anchor.TOP_LEFT);
        return new PreprocessingContract(
                contract.orientation(),
                contract.color(),
                contract.alpha(),
                whole,
                Optional.empty(),
                contract.tensor(),
                contract.decode());
    }

    private static DetectorNeck neck(
            JobTools tools, Backbone backbone, PreprocessingContract contract, DetectorForm form) {
        if (contract.tensor().layout() != Layout.NCHW) {
            throw unsupported(backbone, "takes channels last");
        }
        List<MidLayer> layers = MidLayers.upTo(
                        backbone.model(), backbone.cut(), form.strides().getLast())
                .stream()
                .filter(layer -> form.strides().contains(layer.stride()))
                .toList();
        if (layers.isEmpty() || layers.getFirst().stride() != form.strides().getFirst()) {
            throw unsupported(
                    backbone,
                    "has no feature map at stride %d, which small objects need; found: %s"
                            .formatted(
                                    form.strides().getFirst(),
                                    layers.isEmpty()
                                            ? "none"
                                            : layers.stream()
                                                    .map(MidLayer::stride)
                                                    .toList()));
        }
        OnnxModel maps = AnomalyGraph.maps(GraphExtension.withInputSize(backbone.model(), form.input()), layers);
        List<FeatureLayer> shaped = new ArrayList<>();
        List<Tensor> outputs = MapShapes.of(tools.engine(), maps, contract);
        for (int i = 0; i < layers.size(); i++) {
            long[] shape = outputs.get(i).shape();
            if (shape.length != 4 || outputs.get(i).type() != DataType.FP32) {
                throw unsupported(
                        backbone,
                        "gives %s at %s where a feature map float[N,C,H,W] is needed"
                                .formatted(outputs.get(i), layers.get(i).name()));
            }
            shaped.add(new FeatureLayer(layers.get(i).name(), (int) shape[1], (int) shape[2], (int) shape[3]));
        }
        return new DetectorNeck(backbone.model(), shaped);
    }

    private static FoveaException unsupported(Backbone backbone, String what) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s %s. Start from a YOLOX, or from a convolutional network such as SqueezeNet, MobileNet, EfficientNet or ResNet."
                        .formatted(backbone.name(), what));
    }
}
