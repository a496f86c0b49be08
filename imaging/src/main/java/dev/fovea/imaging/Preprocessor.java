package dev.fovea.imaging;

import java.nio.ByteBuffer;

/** Executes a contract: picture in, tensor bytes out. Thread-safe. */
public final class Preprocessor {

    private final Contract contract;

    public Preprocessor(Contract contract) {
        this.contract = contract;
    }

    /** The contract that is executed. */
    public Contract contract() {
        return contract;
    }

    /**
     * What the network sees, before normalisation: 8-bit pixels of the output size in natural colour. The caller closes
     * it.
     */
    public Picture see(Picture picture) {
        return picture;
    }

    /**
     * Writes one picture's tensor ({@link Contract#outputBytes} bytes, native order) at the buffer's position and
     * advances it.
     */
    public void write(Picture picture, ByteBuffer target) {
        target.put(picture.toRgbOrGray());
    }
}
