package dev.fovea.runtime.validation;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Postprocessor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.LoadLimit;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Runs a network on images, to see what its outputs hold. */
public final class DecoderTrial {

    private DecoderTrial() {}

    /**
     * The outputs of each image by name.
     *
     * @param images file bytes
     */
    public static List<Map<String, Tensor>> run(
            Engine engine, byte[] onnx, PreprocessingContract contract, Collection<byte[]> images) {
        SessionSettings settings = SessionSettings.forThisMachine();
        try (Session session = engine.load(onnx, settings);
                LoadLimit.Watch watch = new LoadLimit.Watch("The model", session, settings.loadLimit())) {
            return watch.run(() -> run(session, contract, images));
        }
    }

    private static List<Map<String, Tensor>> run(
            Session session, PreprocessingContract contract, Collection<byte[]> images) {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        List<Map<String, Tensor>> runs = new ArrayList<>();
        for (byte[] file : images) {
            try (Image image = decoder.decode(file, contract)) {
                Tensor tensor =
                        ImageTensor.of(preprocessor, image, session.inputs().getFirst());
                runs.add(Postprocessor.byName(session.run(List.of(tensor))));
            }
        }
        return runs;
    }
}
