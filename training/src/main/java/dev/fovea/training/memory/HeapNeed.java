package dev.fovea.training.memory;

import dev.fovea.imaging.PreprocessingContract;

/** The Java heap of a training process. */
public final class HeapNeed {

    private static final long PLAIN = 384;

    private HeapNeed() {}

    /** Megabytes for a number of decoded images, which live there; everything else is small. */
    public static long megabytes(PreprocessingContract contract, long images) {
        long each = (long) contract.outputSize().height()
                * contract.outputSize().width()
                * contract.color().channels();
        return PLAIN + images * each * 3 / 2 / (1 << 20);
    }
}
