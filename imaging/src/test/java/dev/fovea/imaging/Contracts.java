package dev.fovea.imaging;

import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import java.util.Optional;

/** Contracts for tests. */
public final class Contracts {

    private Contracts() {}

    static PreprocessingContract stretch(int edge, Resize.Filter filter, Resize.ResizeEngine engine) {
        return of(new Resize.Stretch(Size.square(edge), filter, engine), Optional.empty(), ColorOrder.RGB);
    }

    public static PreprocessingContract of(Resize resize, Optional<Size> crop, ColorOrder color) {
        return of(resize, crop, color, Alpha.WHITE, DecodeMode.EXACT);
    }

    public static PreprocessingContract of(
            Resize resize, Optional<Size> crop, ColorOrder color, Alpha alpha, DecodeMode decode) {
        return new PreprocessingContract(
                Orientation.EXIF, color, alpha, resize, crop.map(Crop::centred), TensorFormat.defaults(color), decode);
    }
}
