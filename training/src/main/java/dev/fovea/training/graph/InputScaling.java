package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import java.nio.ByteBuffer;

/**
 * The last steps of a preprocessing contract on a batch: channel order, {@code (pixel · scale − mean) / std}, layout. A
 * test compares it with {@link dev.fovea.imaging.preprocess.Preprocessor}.
 */
public final class InputScaling {

    private final PreprocessingContract contract;
    private final float[] factors;
    private final float[] offsets;

    /** {@code CONTRACT_MISMATCH} when the contract does not make floats. */
    public InputScaling(PreprocessingContract contract) {
        if (contract.tensor().type() != ElementType.FLOAT32) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "Training works on float32, but the contract makes %s. Use the float32 version of the model."
                            .formatted(contract.tensor().type()));
        }
        this.contract = contract;
        int channels = contract.color().channels();
        this.factors = new float[channels];
        this.offsets = new float[channels];
        for (int c = 0; c < channels; c++) {
            factors[c] =
                    (float) (contract.tensor().scale() / contract.tensor().std().get(c));
            offsets[c] = (float)
                    (contract.tensor().mean().get(c) / contract.tensor().std().get(c));
        }
    }

    /**
     * The tensor of a batch, attached to {@code pass}: {@code [N, C, H, W]} stored with the channels innermost, or
     * {@code [N, H, W, C]}.
     *
     * @param pixels {@code images} images of interleaved pixels, red first
     * @param size of each of them
     */
    public NDArray tensor(NDManager pass, byte[] pixels, int images, Size size) {
        int channels = contract.color().channels();
        if (contract.color() == ColorOrder.BGR) {
            pixels = swapRedAndBlue(pixels);
        }
        Shape shape = new Shape(images, size.height(), size.width(), channels);
        NDArray bytes = pass.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
        NDArray scaled =
                bytes.toType(DataType.FLOAT32, false).mul(pass.create(factors)).sub(pass.create(offsets));
        return contract.tensor().layout() == Layout.NCHW ? scaled.transpose(0, 3, 1, 2) : scaled;
    }

    private static byte[] swapRedAndBlue(byte[] pixels) {
        byte[] swapped = pixels.clone();
        for (int i = 0; i + 2 < pixels.length; i += 3) {
            swapped[i] = pixels[i + 2];
            swapped[i + 2] = pixels[i];
        }
        return swapped;
    }
}
