package dev.fovea.runtime.session;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An image as the tensor that a network takes. */
public final class ImageTensor {

    private ImageTensor() {}

    /** A tensor {@code [1, …]} for the input; the image stays its owner's. */
    public static Tensor of(Preprocessor preprocessor, Image image, TensorMetadata input) {
        return of(
                preprocessor,
                image,
                input,
                ByteBuffer.allocate(preprocessor.contract().outputBytes()).order(ByteOrder.nativeOrder()));
    }

    /** The same in memory that is at hand. */
    public static Tensor of(Preprocessor preprocessor, Image image, TensorMetadata input, ByteBuffer bytes) {
        preprocessor.write(image, bytes);
        return new Tensor(input.name(), input.type(), shape(preprocessor), bytes.flip());
    }

    /** The shape of one image's tensor, with its batch axis. */
    public static long[] shape(Preprocessor preprocessor) {
        List<Integer> image = preprocessor.contract().outputShape();
        long[] shape = new long[image.size() + 1];
        shape[0] = 1;
        for (int i = 0; i < image.size(); i++) {
            shape[i + 1] = image.get(i);
        }
        return shape;
    }
}
