package dev.fovea.pipeline.anomaly;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.FeatureGrid;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.anomaly.MidLayer;
import dev.fovea.model.anomaly.MidLayers;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.jobs.JobTools;
import java.util.ArrayList;
import java.util.List;

/**
 * The places at which a backbone's features are compared.
 *
 * @param grid of the middle layers
 * @param contract the backbone's, but that the whole image is seen
 */
record BackboneGrid(FeatureGrid grid, PreprocessingContract contract) {

    /** More places on an axis cost memory that grows with their square, and no published detector has them. */
    private static final int MAX_PLACES = 32;

    /** {@code MODEL_SIGNATURE_UNSUPPORTED} for a backbone without feature maps. */
    static BackboneGrid of(JobTools tools, Backbone backbone, AnomalySpec.AnomalySettings settings) {
        PreprocessingContract contract = backbone.contract().stretched();
        List<MidLayer> layers = MidLayers.of(backbone.model(), backbone.cut());
        if (layers.isEmpty()) {
            throw unsupported(backbone, "has no feature maps in its middle, as convolutional networks have");
        }
        List<FeatureLayer> shaped = new ArrayList<>();
        try (FileNetwork maps = new FileNetwork(tools, AnomalyGraph.maps(backbone.model(), layers), contract)) {
            List<Tensor> outputs = maps.ofZeros();
            for (int i = 0; i < layers.size(); i++) {
                shaped.add(shaped(backbone, layers.get(i), outputs.get(i)));
            }
        }
        Size input = contract.outputSize();
        int stride = layers.get(layers.size() / 2).stride();
        Size grid = new Size(places(input.height(), stride), places(input.width(), stride));
        return new BackboneGrid(
                FeatureGrid.random(shaped, grid, input, settings.method().dimensions(), settings.seed()), contract);
    }

    private static int places(int pixels, int stride) {
        return Math.clamp(pixels / stride, 1, MAX_PLACES);
    }

    private static FeatureLayer shaped(Backbone backbone, MidLayer layer, Tensor map) {
        long[] shape = map.shape();
        if (shape.length != 4 || map.type() != DataType.FP32) {
            throw unsupported(
                    backbone,
                    "gives %s at %s where a feature map float[N,C,H,W] is needed".formatted(map, layer.name()));
        }
        return new FeatureLayer(layer.name(), (int) shape[1], (int) shape[2], (int) shape[3]);
    }

    private static FoveaException unsupported(Backbone backbone, String what) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "%s %s. Use a convolutional network, such as SqueezeNet, MobileNet, EfficientNet or ResNet."
                        .formatted(backbone.name(), what));
    }
}
