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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private final Decoder decoder;
    private final Preprocessor preprocessor;
    private final Network network;

    Proof(Decoder decoder, Preprocessor preprocessor, Network network) {
        this.decoder = decoder;
        this.preprocessor = preprocessor;
        this.network = network;
    }

    /** Runs pictures through a model that is about to become a bundle. */
    public static List<GoldenVector> make(Engine engine, byte[] onnx, Contract contract, Map<String, byte[]> pictures) {
        try (Session session = engine.load(onnx, SessionSettings.forThisMachine())) {
            Proof proof = new Proof(
                    new Decoder(Limits.DEFAULT), new Preprocessor(contract), new Network(session, contract, 1));
            List<GoldenVector> vectors = new ArrayList<>();
            pictures.forEach((name, bytes) -> vectors.add(proof.make(name, bytes)));
            return vectors;
        }
    }

    private GoldenVector make(String name, byte[] picture) {
        ByteBuffer tensor = tensor(picture);
        float[] output = network.run(List.of(tensor))[0];
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
        return new GoldenVector(name, Sha256.of(tensor), values, TOLERANCE * largest);
    }

    /** {@code PROOF_FAILED} names the picture and by how much it differs. */
    void check(Bundle bundle) {
        for (GoldenVector vector : bundle.manifest().golden()) {
            ByteBuffer tensor = tensor(bundle.goldenPicture(vector));
            float[] output = network.run(List.of(tensor))[0];
            double off = largestDifference(output, vector.output());
            boolean sameTensor = Sha256.of(tensor).equals(vector.tensorSha256());
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

    private ByteBuffer tensor(byte[] bytes) {
        ByteBuffer tensor = ByteBuffer.allocate(network.pictureBytes()).order(ByteOrder.nativeOrder());
        try (Picture picture = decoder.decode(bytes, preprocessor.contract())) {
            preprocessor.write(picture, tensor);
        }
        return tensor.flip();
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
