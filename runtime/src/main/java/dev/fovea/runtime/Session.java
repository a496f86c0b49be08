package dev.fovea.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * One loaded graph: tensor bytes in, the first output as floats out. Thread-safe, as ONNX Runtime's sessions are; the
 * owner closes it after the last run has returned.
 */
public final class Session implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final OnnxJavaType type;
    private final long[] shape;

    Session(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        NodeInfo first = session.getInputInfo().values().iterator().next();
        if (!(first.getInfo() instanceof TensorInfo tensor)) {
            session.close();
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The model's input %s is no tensor. Export it with a picture tensor as input."
                            .formatted(first.getName()));
        }
        this.input = first.getName();
        this.type = tensor.type;
        this.shape = tensor.getShape();
    }

    /**
     * Runs a batch.
     *
     * @param tensors a direct buffer with the tensors of all pictures, one after another; read, not kept
     * @param pictures how many
     * @param pictureShape shape of one picture's tensor
     * @return {@code [pictures, outputs]}, whatever further axes the output has flattened
     * @throws FoveaException {@code INFERENCE_FAILED}
     */
    public float[][] run(ByteBuffer tensors, int pictures, long... pictureShape) {
        long[] batchShape = new long[pictureShape.length + 1];
        batchShape[0] = pictures;
        System.arraycopy(pictureShape, 0, batchShape, 1, pictureShape.length);
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, tensors, batchShape, type);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return split(result.get(0), pictures);
        } catch (OrtException e) {
            throw new FoveaException(
                    ErrorCode.INFERENCE_FAILED,
                    "The network could not run on %d pictures: %s".formatted(pictures, e.getMessage()),
                    e);
        }
    }

    /** Whether the batch axis of the input is open. */
    public boolean batches() {
        return shape.length > 0 && shape[0] <= 0;
    }

    private static float[][] split(OnnxValue value, int pictures) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The model's first output is no tensor. Export it with a tensor output.");
        }
        FloatBuffer all = tensor.getFloatBuffer();
        if (all == null || all.remaining() % pictures != 0) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The model's output %s is no list of numbers per picture.".formatted(tensor.getInfo()));
        }
        float[][] outputs = new float[pictures][all.remaining() / pictures];
        for (float[] output : outputs) {
            all.get(output);
        }
        return outputs;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new FoveaException(ErrorCode.INTERNAL, "A session could not be closed.", e);
        }
    }
}
