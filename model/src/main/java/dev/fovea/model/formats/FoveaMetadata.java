package dev.fovea.model.formats;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an ONNX file of ours says about itself in its metadata: the preprocessing contract, and where the weights are
 * from. {@code fovea import} and trainings read it.
 */
public final class FoveaMetadata {

    /** The preprocessing contract as JSON. */
    public static final String CONTRACT = "fovea.contract";

    /** What the network is called. */
    public static final String NAME = "fovea.name";

    /** The licence of the weights. */
    public static final String LICENCE = "fovea.licence";

    /** What each value of the output means, one line for each. */
    public static final String LABELS = "fovea.labels";

    /** Where the weights are from. */
    public static final String SOURCE = "fovea.source";

    private FoveaMetadata() {}

    /** The contract that a file carries; {@code CONTRACT_INVALID} where it cannot be read. */
    public static Optional<PreprocessingContract> contract(OnnxModel model) {
        return value(model, CONTRACT).map(PreprocessingContractJson::read);
    }

    /** The licence that a file states. */
    public static Optional<String> licence(OnnxModel model) {
        return value(model, LICENCE);
    }

    /** The labels that a file carries, in the order of its output. */
    public static Optional<List<String>> labels(OnnxModel model) {
        return value(model, LABELS).map(text -> text.lines().toList());
    }

    /** A value of the metadata. */
    public static Optional<String> value(OnnxModel model, String key) {
        return Optional.ofNullable(model.metadata().get(key)).filter(text -> !text.isBlank());
    }

    /**
     * A file that carries its contract; all metadata that it had is replaced.
     *
     * @param values further metadata by the keys of this class
     */
    public static OnnxModel written(OnnxModel model, PreprocessingContract contract, Map<String, String> values) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(CONTRACT, PreprocessingContractJson.write(contract));
        ModelProto.Builder proto = model.proto().toBuilder().clearMetadataProps();
        all.forEach((key, value) -> proto.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return OnnxModel.of(proto.build());
    }
}
