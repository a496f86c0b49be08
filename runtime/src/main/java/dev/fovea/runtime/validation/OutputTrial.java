package dev.fovea.runtime.validation;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.outputs.ObservedOutput;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ImageTensor;
import dev.fovea.runtime.session.LoadLimit;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs a network on images and on noise, to see what its outputs hold. */
public final class OutputTrial {

    private static final int NOISE = 4;
    private static final long SEED = 20_261_129;

    private OutputTrial() {}

    /**
     * What each output that holds numbers gives for the images, for each of them with its values in another order, and
     * for a few images of noise.
     *
     * @param images file bytes; at least one
     */
    public static List<ObservedOutput> run(
            Engine engine, byte[] onnx, PreprocessingContract contract, Collection<byte[]> images) {
        SessionSettings settings = SessionSettings.forThisMachine();
        try (Session session = engine.load(onnx, settings);
                LoadLimit.Watch watch = new LoadLimit.Watch("The model", session, settings.loadLimit())) {
            return watch.run(() -> observe(session, trials(session.inputs().getFirst(), contract, images)));
        }
    }

    private static List<Tensor> trials(
            TensorMetadata input, PreprocessingContract contract, Collection<byte[]> images) {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        List<Tensor> trials = new ArrayList<>();
        for (byte[] file : images) {
            try (Image image = decoder.decode(file, contract)) {
                trials.add(ImageTensor.of(preprocessor, image, input));
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < NOISE; i++) {
            trials.add(shuffled(trials.get(i % trials.size()), random));
        }
        return trials;
    }

    private static List<ObservedOutput> observe(Session session, List<Tensor> trials) {
        Map<String, List<float[]>> rows = new LinkedHashMap<>();
        Map<String, Tensor> first = new LinkedHashMap<>();
        for (Tensor trial : trials) {
            for (Tensor output : session.run(List.of(trial))) {
                if (output.type() != DataType.BYTES) {
                    rows.computeIfAbsent(output.name(), name -> new ArrayList<>())
                            .add(output.floats());
                    first.putIfAbsent(output.name(), output);
                }
            }
        }
        return first.values().stream()
                .map(output -> new ObservedOutput(
                        output.name(),
                        !output.type().isReal(),
                        Arrays.stream(output.shape()).boxed().toList(),
                        rows.getOrDefault(output.name(), List.of())))
                .toList();
    }

    /** The same values in another order: noise within the range that the network knows. */
    private static Tensor shuffled(Tensor tensor, SplittableRandom random) {
        int size = tensor.type().size();
        byte[] bytes = new byte[tensor.bytes().remaining()];
        tensor.bytes().duplicate().get(bytes);
        for (int i = bytes.length / size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            for (int part = 0; part < size; part++) {
                byte kept = bytes[i * size + part];
                bytes[i * size + part] = bytes[other * size + part];
                bytes[other * size + part] = kept;
            }
        }
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), ByteBuffer.wrap(bytes));
    }
}
