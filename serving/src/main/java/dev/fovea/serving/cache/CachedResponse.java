package dev.fovea.serving.cache;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.Timings;
import dev.fovea.runtime.decoding.Result;
import java.nio.ByteBuffer;

/**
 * What is kept of a prediction. It holds neither the image nor the network's output, of which a result may be a part;
 * it is shared by all who get it and changed by nobody.
 */
public record CachedResponse(Result result, ImageHeader image) {

    static CachedResponse of(Prediction prediction) {
        return new CachedResponse(detached(prediction.result()), prediction.image());
    }

    private static Result detached(Result result) {
        return switch (result) {
            case Result.OneLabel one -> one;
            case Result.Labels labels -> labels;
            case Result.Objects objects -> objects;
            case Result.Embedding embedding -> embedding;
            case Result.Tensors(var tensors) ->
                new Result.Tensors(tensors.stream().map(CachedResponse::copy).toList());
        };
    }

    /** A tensor may be a slice of a whole batch's output. */
    private static Tensor copy(Tensor tensor) {
        ByteBuffer own = ByteBuffer.allocate(tensor.bytes().remaining());
        own.put(tensor.bytes().duplicate()).flip();
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), own);
    }

    /** As an answer for somebody who waited so many nanoseconds while another's was made. */
    Prediction prediction(long waited) {
        return new Prediction(result, image, new Timings(0, 0, waited, 0, 0));
    }
}
