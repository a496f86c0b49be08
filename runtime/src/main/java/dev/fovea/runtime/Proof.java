package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Limits;
import dev.fovea.imaging.Picture;
import dev.fovea.imaging.Preprocessor;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Golden vectors: that a picture still becomes the very same tensor, and the tensor still gives the same output.
 * Catches a changed resizer, a wrong contract and a damaged or different graph before any of them answers a request.
 */
public final class Proof {

    /** Kernels differ between processors in the last bits; a wrong contract differs in the first. */
    private static final double TOLERANCE = 2e-3;

    private static final int MOST_VALUES = 4096;

    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final Session session;

    Proof(Decoder decoder, Preprocessor preprocessor, Session session) {
        this.decoder = decoder;
        this.preprocessor = preprocessor;
        this.session = session;
    }

    /** Runs pictures through a model that is about to become a bundle. */
    public static List<GoldenVector> make(Engine engine, byte[] onnx, Contract contract, Map<String, byte[]> pictures) {
        SessionSettings settings = SessionSettings.forThisMachine();
        try (Session session = engine.load(onnx, settings);
                LoadLimit.Watch watch = new LoadLimit.Watch("The model", session, settings.loadLimit())) {
            Proof proof = new Proof(new Decoder(Limits.DEFAULT), new Preprocessor(contract), session);
            List<GoldenVector> vectors = new ArrayList<>();
            try {
                pictures.forEach((name, bytes) -> vectors.add(proof.make(name, bytes)));
            } finally {
                watch.require();
            }
            return vectors;
        }
    }

    private GoldenVector make(String name, byte[] picture) {
        Tensor tensor = tensor(picture);
        float[] output = sample(session.run(List.of(tensor)));
        List<Float> values = new ArrayList<>(output.length);
        double largest = 1;
        for (float value : output) {
            if (!Float.isFinite(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network's output for the golden picture %s is not a number (%s); such a model is not registered."
                                .formatted(name, value));
            }
            values.add(value);
            largest = Math.max(largest, Math.abs(value));
        }
        return new GoldenVector(name, Sha256.of(tensor.bytes()), values, TOLERANCE * largest);
    }

    /** {@code PROOF_FAILED} names the picture and by how much it differs. */
    void check(Bundle bundle) {
        for (GoldenVector vector : bundle.manifest().golden()) {
            Tensor tensor = tensor(bundle.goldenPicture(vector));
            float[] output = sample(session.run(List.of(tensor)));
            double off = largestDifference(output, vector.output());
            boolean sameTensor = Sha256.of(tensor.bytes()).equals(vector.tensorSha256());
            if (!sameTensor || !(off <= vector.tolerance())) {
                throw failed(bundle, vector, sameTensor, off);
            }
        }
    }

    private static FoveaException failed(Bundle bundle, GoldenVector vector, boolean sameTensor, double off) {
        return new FoveaException(
                ErrorCode.PROOF_FAILED,
                "%s is not served: on its golden picture %s %s, and the output is off by %.4g where %.4g is allowed. Register the model again."
                        .formatted(
                                bundle.manifest().name(),
                                vector.picture(),
                                sameTensor ? "the input tensor is as it was" : "the input tensor is a different one",
                                off,
                                vector.tolerance()));
    }

    private Tensor tensor(byte[] bytes) {
        try (Picture picture = decoder.decode(bytes, preprocessor.contract())) {
            return PictureTensor.of(preprocessor, picture, session.inputs().getFirst());
        }
    }

    /** All outputs, flattened, one after another; of more than can be kept in a manifest, evenly spread ones. */
    private static float[] sample(List<Tensor> outputs) {
        List<float[]> all = outputs.stream()
                .filter(output -> output.type() != DataType.BYTES)
                .map(Tensor::floats)
                .toList();
        int length = all.stream().mapToInt(values -> values.length).sum();
        int step = Math.ceilDiv(Math.max(1, length), MOST_VALUES);
        float[] sample = new float[Math.ceilDiv(length, step)];
        int index = 0;
        for (float[] values : all) {
            for (float value : values) {
                if (index % step == 0) {
                    sample[index / step] = value;
                }
                index++;
            }
        }
        return sample;
    }

    private static double largestDifference(float[] output, List<Float> expected) {
        if (output.length != expected.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < output.length; i++) {
            double difference = Math.abs(output[i] - expected.get(i));
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
