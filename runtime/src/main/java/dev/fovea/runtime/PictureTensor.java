package dev.fovea.runtime;

import dev.fovea.imaging.Picture;
import dev.fovea.imaging.Preprocessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A picture as the tensor that a network takes. */
final class PictureTensor {

    private PictureTensor() {}

    /** A tensor {@code [1, …]} for the input; the picture stays its owner's. */
    static Tensor of(Preprocessor preprocessor, Picture picture, TensorMetadata input) {
        return of(
                preprocessor,
                picture,
                input,
                ByteBuffer.allocate(preprocessor.contract().outputBytes()).order(ByteOrder.nativeOrder()));
    }

    /** The same in memory that is at hand. */
    static Tensor of(Preprocessor preprocessor, Picture picture, TensorMetadata input, ByteBuffer bytes) {
        preprocessor.write(picture, bytes);
        return new Tensor(input.name(), input.type(), shape(preprocessor), bytes.flip());
    }

    /** The shape of one picture's tensor, with its batch axis. */
    static long[] shape(Preprocessor preprocessor) {
        List<Integer> picture = preprocessor.contract().outputShape();
        long[] shape = new long[picture.size() + 1];
        shape[0] = 1;
        for (int i = 0; i < picture.size(); i++) {
            shape[i + 1] = picture.get(i);
        }
        return shape;
    }
}
