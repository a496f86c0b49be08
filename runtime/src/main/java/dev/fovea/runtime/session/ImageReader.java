package dev.fovea.runtime.session;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;

/** Files' bytes as the tensors that a network is shown while it serves, for work beside serving. Thread-safe. */
public final class ImageReader {

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final Preprocessor preprocessor;
    private final TensorMetadata input;

    /** A reader for the input of a network, by its contract. */
    public ImageReader(PreprocessingContract contract, TensorMetadata input) {
        this.preprocessor = new Preprocessor(contract);
        this.input = input;
    }

    /** One image's tensor, with a first axis of 1; the errors of {@link Decoder}, as {@link FoveaException}. */
    public Tensor read(byte[] file) {
        try (Image image = decoder.decode(file, preprocessor.contract())) {
            return ImageTensor.of(preprocessor, image, input);
        }
    }
}
