package dev.fovea.model;

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
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A small classifier, a contract that fits it, and real models beside the checkout. */
public final class Samples {

    public static final OnnxModel MODEL =
            NetworkBuilder.build(NetworkBuilder.Family.MOBILE, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 2, 1);
    public static final PreprocessingContract CONTRACT = contract(32, Layout.NCHW, ElementType.FLOAT32);

    private Samples() {}

    public static PreprocessingContract contract(int edge, Layout layout, ElementType type) {
        return new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(edge), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
                Optional.empty(),
                new TensorFormat(1 / 255.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), layout, type),
                DecodeMode.EXACT);
    }

    public static OnnxModel shared(String name) {
        Path file = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "models", name);
        Assumptions.assumeTrue(Files.exists(file), "skipped: no real model at " + file);
        return OnnxModel.read(file);
    }
}
