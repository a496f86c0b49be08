package dev.fovea.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.OutputDecoder;
import dev.fovea.runtime.session.Engine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** A published detector beside the checkout with a contract from the examples; tests are skipped aloud without it. */
final class RealDetector implements AutoCloseable {

    private static final Path DATA = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
    private static final Path EXAMPLES = Path.of("../docs/examples");

    private final OrtSession session;
    private final PreprocessingContract contract;
    private final DecoderConfig decoder;

    private RealDetector(OrtSession session, PreprocessingContract contract, DecoderConfig decoder) {
        this.session = session;
        this.contract = contract;
        this.decoder = decoder;
    }

    static RealDetector open(String model, String contract, DecoderConfig decoder) throws Exception {
        Path file = DATA.resolve("models").resolve(model);
        Assumptions.assumeTrue(Files.exists(file), "skipped: no real model at " + file);
        Engine.open();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            return new RealDetector(
                    OrtEnvironment.getEnvironment().createSession(file.toString(), options),
                    PreprocessingContractJson.read(example(contract)),
                    decoder);
        }
    }

    static Path example(String name) {
        return EXAMPLES.resolve(name);
    }

    /** What the detector finds in one of the photographs. */
    Decoded find(String photograph) throws Exception {
        byte[] bytes = Files.readAllBytes(DATA.resolve("coco64-yolo/images").resolve(photograph));
        Decoder images = new Decoder(ImageLimits.DEFAULT);
        ImageHeader header = images.header(bytes);
        ByteBuffer tensor = ByteBuffer.allocateDirect(contract.outputBytes()).order(ByteOrder.nativeOrder());
        try (Image image = images.decode(bytes, header, contract)) {
            new Preprocessor(contract).write(image, tensor);
        }
        return OutputDecoder.decode(decoder, run(tensor.flip()), ImageTransform.of(contract, header));
    }

    private Map<String, Tensor> run(ByteBuffer tensor) throws OrtException {
        long[] shape = {
            1, 3, contract.outputSize().height(), contract.outputSize().width()
        };
        Map<String, Tensor> outputs = new TreeMap<>();
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor given =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), tensor.asFloatBuffer(), shape);
                OrtSession.Result result = session.run(Map.of(input, given))) {
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor value = (OnnxTensor) entry.getValue();
                float[] values = new float[value.getFloatBuffer().remaining()];
                value.getFloatBuffer().get(values);
                outputs.put(
                        entry.getKey(),
                        Tensor.of(entry.getKey(), value.getInfo().getShape(), values));
            }
        }
        return outputs;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
