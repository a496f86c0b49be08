package dev.fovea.pipeline.detector;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** What the feature maps of a network are like for the size of image that a detector takes. */
final class MapShapes {

    private MapShapes() {}

    /**
     * The maps of an image of zeros.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} for a network that takes one size only
     */
    static List<Tensor> of(Engine engine, OnnxModel maps, PreprocessingContract contract) {
        SessionSettings settings =
                new SessionSettings(1, false, SessionSettings.forThisMachine().loadLimit());
        List<Integer> shape = contract.outputShape();
        try (Session session = engine.load(maps.bytes(), settings)) {
            return session.run(List.of(new Tensor(
                    session.inputs().getFirst().name(),
                    DataType.FP32,
                    new long[] {1, shape.get(0), shape.get(1), shape.get(2)},
                    ByteBuffer.allocate(contract.outputBytes()).order(ByteOrder.nativeOrder()))));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "The network cannot take images of %s pixels: %s Start from one that takes any size, or state another --edge."
                            .formatted(contract.outputSize(), e.getMessage()),
                    e);
        }
    }
}
