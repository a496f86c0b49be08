package dev.fovea.imaging;

import dev.fovea.imaging.Contract.Alpha;
import dev.fovea.imaging.Contract.ColorOrder;
import dev.fovea.imaging.Contract.DecodeMode;
import dev.fovea.imaging.Contract.ElementType;
import dev.fovea.imaging.Contract.Layout;
import dev.fovea.imaging.Contract.Orientation;
import java.util.Collections;
import java.util.Optional;

/** Contracts for tests. */
final class Contracts {

    private Contracts() {}

    static Contract stretch(int edge, Resize.Filter filter, Resize.Engine engine) {
        return of(new Resize.Stretch(Size.square(edge), filter, engine), Optional.empty(), ColorOrder.RGB);
    }

    static Contract of(Resize resize, Optional<Size> crop, ColorOrder color) {
        return of(resize, crop, color, Alpha.WHITE, DecodeMode.EXACT);
    }

    static Contract of(Resize resize, Optional<Size> crop, ColorOrder color, Alpha alpha, DecodeMode decode) {
        return new Contract(
                Orientation.EXIF,
                color,
                alpha,
                resize,
                crop.map(Crop::centred),
                1 / 255.0,
                Collections.nCopies(color.channels(), 0.0),
                Collections.nCopies(color.channels(), 1.0),
                Layout.NCHW,
                ElementType.FLOAT32,
                decode);
    }
}
