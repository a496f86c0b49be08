package dev.fovea.pipeline.head;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import java.util.Locale;

/** How an image is brought to the size that a backbone takes. */
public enum InputView {
    /** The whole image is squashed to it: what lies at the rim is kept. */
    SQUASHED,
    /** As the backbone's contract says, which often cuts the rim off. */
    AS_CONTRACT;

    /** The contract that brings images to the size in this way; the filter stays. */
    PreprocessingContract of(PreprocessingContract contract) {
        return switch (this) {
            case AS_CONTRACT -> contract;
            case SQUASHED -> contract.stretched();
        };
    }

    /** What it does with an image, for people. */
    String words(PreprocessingContract contract) {
        Size size = contract.outputSize();
        return switch (this) {
            case SQUASHED -> "squashed to %d × %d".formatted(size.width(), size.height());
            case AS_CONTRACT ->
                "resized and cropped to %d × %d as its contract says".formatted(size.width(), size.height());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
