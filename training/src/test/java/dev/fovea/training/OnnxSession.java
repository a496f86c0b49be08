package dev.fovea.training;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.session.Engine;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime as the referee of what a graph computes. */
public final class OnnxSession implements AutoCloseable {

    private final OrtSession session;

    public OnnxSession(OnnxModel model) {
        try {
            session = environment().createSession(model.bytes(), new OrtSession.SessionOptions());
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OrtEnvironment environment() {
        Engine.open(); // switches its telemetry off
        return OrtEnvironment.getEnvironment();
    }

    public float[] run(float[] input, long... shape) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment(), FloatBuffer.wrap(input), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            FloatBuffer buffer = output.getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
