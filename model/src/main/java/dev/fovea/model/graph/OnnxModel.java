package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An ONNX model as an immutable value. Reading checks that it is one; editing makes another. */
public final class OnnxModel {

    static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final OnnxMl.ModelProto proto;

    private OnnxModel(OnnxMl.ModelProto proto) {
        this.proto = proto;
    }

    /** Reads a file; {@code MODEL_CORRUPT} if it is no complete ONNX model. */
    public static OnnxModel read(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new FoveaException(
                        ErrorCode.MODEL_CORRUPT,
                        "%s is %d bytes, but one ONNX file (protobuf) holds at most 2 GB. Export it in half precision or a smaller one."
                                .formatted(file, size));
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.MODEL_CORRUPT,
                    Files.isDirectory(file)
                            ? "%s is a folder. Give the ONNX file in it.".formatted(file)
                            : "%s cannot be read. Check the path and its rights.".formatted(file),
                    e);
        }
    }

    /**
     * Reads a file, and into it the weights that lie in files beside it.
     *
     * @throws FoveaException {@code MODEL_CORRUPT} if it is no complete ONNX model, or more than 2 GB as a whole
     */
    public static OnnxModel readWhole(Path file) {
        return ExternalWeights.bake(read(file), file);
    }

    /** Parses bytes; {@code source} is named in the error. */
    public static OnnxModel parse(byte[] bytes, String source) {
        try {
            OnnxMl.ModelProto proto = OnnxMl.ModelProto.parseFrom(bytes);
            if (!proto.hasGraph() || proto.getGraph().getNodeCount() == 0 || proto.getOpsetImportCount() == 0) {
                throw notOnnx(source, bytes, null);
            }
            return new OnnxModel(proto);
        } catch (InvalidProtocolBufferException e) {
            throw notOnnx(source, bytes, e);
        }
    }

    /** {@code MODEL_CORRUPT} if values of the model are in other files, which would be left behind. */
    public void requireWhole() {
        proto.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .findFirst()
                .ifPresent(tensor -> {
                    throw new FoveaException(
                            ErrorCode.MODEL_CORRUPT,
                            "The values of %s are in another file. Export the model with its weights inside."
                                    .formatted(tensor.getName()));
                });
    }

    /** Wraps a graph that the program built itself. */
    public static OnnxModel of(OnnxMl.ModelProto proto) {
        return new OnnxModel(proto);
    }

    private static FoveaException notOnnx(
            String source, byte[] bytes, @org.jspecify.annotations.Nullable Throwable cause) {
        Optional<String> remedy = ForeignModel.remedy(bytes, source);
        if (remedy.isPresent()) {
            return new FoveaException(ErrorCode.MODEL_CORRUPT, "%s is %s".formatted(source, remedy.get()), cause);
        }
        return new FoveaException(
                ErrorCode.MODEL_CORRUPT,
                "%s (%d bytes) is not a complete ONNX model. It may be cut short: export or copy it again."
                        .formatted(source, bytes.length),
                cause);
    }

    /** The protobuf message; immutable. */
    public OnnxMl.ModelProto proto() {
        return proto;
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return proto.toByteArray();
    }

    /** How many {@link #bytes} there are. */
    public int size() {
        return proto.getSerializedSize();
    }

    /** Inputs that a caller must give: those of the graph that are not initializers. */
    public List<TensorSpec> inputs() {
        Set<String> initializers = new HashSet<>();
        proto.getGraph().getInitializerList().forEach(i -> initializers.add(i.getName()));
        return proto.getGraph().getInputList().stream()
                .filter(input -> !initializers.contains(input.getName()))
                .map(OnnxModel::spec)
                .toList();
    }

    /** The graph's outputs. */
    public List<TensorSpec> outputs() {
        return proto.getGraph().getOutputList().stream().map(OnnxModel::spec).toList();
    }

    /** Version of each operator set; the default domain is the key {@code ai.onnx}. */
    public SortedMap<String, Long> opsets() {
        SortedMap<String, Long> opsets = new TreeMap<>();
        proto.getOpsetImportList().forEach(o -> opsets.put(domain(o.getDomain()), o.getVersion()));
        return opsets;
    }

    /**
     * How often each operator occurs, most frequent first is not promised; keys are {@code domain:Type} outside
     * ai.onnx.
     */
    public SortedMap<String, Integer> operators() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        proto.getGraph().getNodeList().forEach(node -> {
            String domain = domain(node.getDomain());
            String key = domain.equals("ai.onnx") ? node.getOpType() : domain + ":" + node.getOpType();
            counts.merge(key, 1, Integer::sum);
        });
        return counts;
    }

    /** Key and value pairs that exporters leave in the file. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        proto.getMetadataPropsList().forEach(p -> metadata.put(p.getKey(), p.getValue()));
        return metadata;
    }

    /** The producer named in the file. */
    public String producer() {
        return (proto.getProducerName() + " " + proto.getProducerVersion()).strip();
    }

    /** Number of values in all initializers. */
    public long parameters() {
        return proto.getGraph().getInitializerList().stream()
                .mapToLong(i -> i.getDimsList().stream().reduce(1L, (a, b) -> a * b))
                .sum();
    }

    private static String domain(String domain) {
        return domain.isEmpty() ? "ai.onnx" : domain;
    }

    private static TensorSpec spec(OnnxMl.ValueInfoProto value) {
        OnnxMl.TypeProto type = value.getType();
        if (!type.hasTensorType()) {
            return new TensorSpec(value.getName(), type.getValueCase().name().toLowerCase(Locale.ROOT), List.of());
        }
        List<TensorSpec.Axis> axes = new ArrayList<>();
        type.getTensorType().getShape().getDimList().forEach(dim -> axes.add(axis(dim)));
        return new TensorSpec(value.getName(), element(type.getTensorType().getElemType()), axes);
    }

    private static String element(int type) {
        OnnxMl.TensorProto.DataType known = OnnxMl.TensorProto.DataType.forNumber(type);
        return known == null ? "type" + type : known.name().toLowerCase(Locale.ROOT);
    }

    private static TensorSpec.Axis axis(OnnxMl.TensorShapeProto.Dimension dim) {
        return switch (dim.getValueCase()) {
            // Paddle's exporter writes an open axis as -1
            case DIM_VALUE ->
                dim.getDimValue() < 0
                        ? new TensorSpec.Axis.Symbolic("?")
                        : new TensorSpec.Axis.Fixed(dim.getDimValue());
            case DIM_PARAM -> new TensorSpec.Axis.Symbolic(dim.getDimParam());
            case VALUE_NOT_SET -> new TensorSpec.Axis.Symbolic("?");
        };
    }
}
