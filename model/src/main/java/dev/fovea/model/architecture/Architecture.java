package dev.fovea.model.architecture;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.architecture.ConvolutionWindow.Padding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks that can be written from learned weights. */
public enum Architecture {
    /** TensorFlow's, as timm's {@code tf_efficientnet_lite0}. */
    EFFICIENTNET_LITE0(256, 224, UsualPixels.HALF_BICUBIC),
    EFFICIENTNET_LITE1(272, 240, UsualPixels.HALF_BICUBIC),
    EFFICIENTNET_LITE2(292, 260, UsualPixels.HALF_BICUBIC),
    /** timm's own {@code efficientnet_lite0}, which pads otherwise than TensorFlow's. */
    TIMM_EFFICIENTNET_LITE0(256, 224, UsualPixels.IMAGENET_BICUBIC),
    MOBILENET_V2(256, 224, UsualPixels.IMAGENET_BILINEAR),
    MOBILENET_V3_SMALL(256, 224, UsualPixels.IMAGENET_BILINEAR),
    MOBILENET_V3_LARGE(256, 224, UsualPixels.IMAGENET_BILINEAR),
    RESNET_18(256, 224, UsualPixels.IMAGENET_BILINEAR),
    RESNET_34(256, 224, UsualPixels.IMAGENET_BILINEAR),
    RESNET_50(256, 224, UsualPixels.IMAGENET_BILINEAR),
    CONVNEXT_NANO(235, 224, UsualPixels.IMAGENET_BICUBIC),
    VIT_TINY(248, 224, UsualPixels.HALF_BICUBIC),
    VIT_SMALL(248, 224, UsualPixels.HALF_BICUBIC);

    private enum UsualPixels {
        IMAGENET_BILINEAR,
        IMAGENET_BICUBIC,
        HALF_BICUBIC
    }

    private static final float EPSILON = 1e-5f;
    private static final float LARGE_EPSILON = 1e-3f;

    private final int resized;
    private final int edge;
    private final UsualPixels pixels;

    Architecture(int resized, int edge, UsualPixels pixels) {
        this.resized = resized;
        this.edge = edge;
        this.pixels = pixels;
    }

    /** As people write it: {@code resnet-18}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The architecture of that name; {@code ARGUMENT_INVALID} lists all. */
    public static Architecture of(String word) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"%s\" is no architecture that is written from weights. There are %s."
                                .formatted(
                                        Printable.brief(word),
                                        Arrays.stream(values())
                                                .map(Architecture::word)
                                                .collect(Collectors.joining(", ")))));
    }

    /** The size in pixels that its usual weights were learned with. */
    public Size usualSize() {
        return Size.square(edge);
    }

    /**
     * The preprocessing of its usual weights on ImageNet; other weights may need another. torchvision's and timm's
     * evaluation: the shorter edge is resized, the centre cut out.
     */
    public PreprocessingContract usualContract() {
        List<Double> halves = List.of(0.5, 0.5, 0.5);
        List<Double> mean = List.of(0.485, 0.456, 0.406);
        List<Double> std = List.of(0.229, 0.224, 0.225);
        boolean half = pixels == UsualPixels.HALF_BICUBIC;
        Resize.Filter filter = pixels == UsualPixels.IMAGENET_BILINEAR ? Resize.Filter.BILINEAR : Resize.Filter.BICUBIC;
        return new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                new Alpha.Drop(),
                new Resize.ShortestEdge(resized, filter, Resize.ResizeEngine.PILLOW),
                Optional.of(Crop.centred(usualSize())),
                new TensorFormat(
                        1 / 255.0, half ? halves : mean, half ? halves : std, Layout.NCHW, ElementType.FLOAT32),
                DecodeMode.EXACT);
    }

    /** The network in the names of each library that has weights for it. */
    List<NetworkPlan> plans() {
        return switch (this) {
            case EFFICIENTNET_LITE0 -> lite(1.0, 1.0);
            case EFFICIENTNET_LITE1 -> lite(1.0, 1.1);
            case EFFICIENTNET_LITE2 -> lite(1.1, 1.2);
            case TIMM_EFFICIENTNET_LITE0 ->
                List.of(new MobileNetwork(
                        MobileShape.efficientNetLite(1, 1), TimmNames.WITH_HEAD, Padding.HALF, EPSILON));
            case MOBILENET_V2 -> {
                MobileShape shape = MobileShape.mobileNetV2();
                yield List.of(
                        new MobileNetwork(
                                shape,
                                new TorchvisionNames(false, shape.blocks().size()),
                                Padding.HALF,
                                EPSILON),
                        new MobileNetwork(shape, TimmNames.WITH_HEAD, Padding.HALF, EPSILON));
            }
            case MOBILENET_V3_SMALL -> mobileNetV3(MobileShape.mobileNetV3Small());
            case MOBILENET_V3_LARGE -> mobileNetV3(MobileShape.mobileNetV3Large());
            case RESNET_18 -> List.of(new ResidualNetwork(List.of(2, 2, 2, 2), false));
            case RESNET_34 -> List.of(new ResidualNetwork(List.of(3, 4, 6, 3), false));
            case RESNET_50 -> List.of(new ResidualNetwork(List.of(3, 4, 6, 3), true));
            case CONVNEXT_NANO -> List.of(new ConvNextNetwork(List.of(2, 2, 8, 2), List.of(80, 160, 320, 640)));
            case VIT_TINY -> List.of(new VisionTransformer(192, 12, 3));
            case VIT_SMALL -> List.of(new VisionTransformer(384, 12, 6));
        };
    }

    private static List<NetworkPlan> lite(double width, double depth) {
        MobileShape shape = MobileShape.efficientNetLite(width, depth);
        return List.of(
                new MobileNetwork(shape, new EfficientNetPytorchNames(), Padding.SAME, LARGE_EPSILON),
                new MobileNetwork(shape, TimmNames.WITH_HEAD, Padding.SAME, LARGE_EPSILON));
    }

    private static List<NetworkPlan> mobileNetV3(MobileShape shape) {
        return List.of(
                new MobileNetwork(
                        shape, new TorchvisionNames(true, shape.blocks().size()), Padding.HALF, LARGE_EPSILON),
                new MobileNetwork(shape, TimmNames.mobileNetV3(shape.stages()), Padding.HALF, EPSILON));
    }
}
