package dev.fovea.runtime.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One loaded graph: tensors in, tensors out. Thread-safe, as ONNX Runtime's sessions are; the owner closes it after the
 * last run has returned. Outputs that are no tensors (the maps of a ZipMap, say) are left out. Sessions that
 * {@link #share} a graph have its weights once in memory; each is terminated and closed by itself.
 */
public final class Session implements BatchRunner {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OrtSession.RunOptions options;
    private final List<TensorMetadata> inputs;
    private final List<TensorMetadata> outputs;
    private final Set<String> outputNames = new LinkedHashSet<>();
    private final int fixedBatch;

    /** How many sessions of ours run on the library's; the last to be closed closes it. */
    private final AtomicInteger sharing;

    Session(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.sharing = new AtomicInteger(1);
        this.options = new OrtSession.RunOptions();
        try {
            Collection<NodeInfo> declared = session.getInputInfo().values();
            this.inputs = tensors(declared);
            this.outputs = tensors(session.getOutputInfo().values());
            if (inputs.size() != declared.size() || outputs.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                        "The model's inputs %s are not all tensors, or none of its outputs %s is. Export it without sequences and maps."
                                .formatted(session.getInputNames(), session.getOutputNames()));
            }
            outputs.forEach(output -> outputNames.add(output.name()));
            this.fixedBatch = FixedBatch.of(inputs, outputs);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Session(Session other) throws OrtException {
        this.options = new OrtSession.RunOptions();
        this.environment = other.environment;
        this.session = other.session;
        this.sharing = other.sharing;
        this.inputs = other.inputs;
        this.outputs = other.outputs;
        this.outputNames.addAll(other.outputNames);
        this.fixedBatch = other.fixedBatch;
    }

    /**
     * Another session on the same graph in memory, for runs beside those of this one, which must be open. Both run on
     * the same threads where the graph was opened for more than one; the caller closes it.
     */
    public Session share() {
        sharing.incrementAndGet();
        try {
            return new Session(this);
        } catch (OrtException e) {
            sharing.decrementAndGet();
            throw new FoveaException(ErrorCode.INTERNAL, "A session could not be shared.", e);
        }
    }

    /** The library's own session, closed with this one. */
    OrtSession library() {
        return session;
    }

    /** What the graph takes, in its order. */
    public List<TensorMetadata> inputs() {
        return inputs;
    }

    /** The tensors that the graph gives, in its order. */
    public List<TensorMetadata> outputs() {
        return outputs;
    }

    /** Whether the first axis of every input and output is open, so that several requests may run as one. */
    public boolean batches() {
        return inputs.stream().allMatch(TensorMetadata::batches)
                && outputs.stream().allMatch(TensorMetadata::batches);
    }

    /**
     * How many images the graph takes at once, where it is a fixed number above one, the first axis of every input and
     * output; 1 otherwise.
     */
    public int fixedBatch() {
        return fixedBatch;
    }

    /**
     * Runs the graph. One for a fixed number of images is given as many; empty ones fill up the last run.
     *
     * @param tensors one tensor for every input, in any order; direct buffers are read where they are
     * @return all outputs in the graph's order
     * @throws FoveaException {@code INFERENCE_FAILED}
     */
    @Override
    public List<Tensor> run(List<Tensor> tensors) {
        return FixedBatch.isNeeded(tensors, fixedBatch)
                ? FixedBatch.run(tensors, fixedBatch, this::runOnce)
                : runOnce(tensors);
    }

    private List<Tensor> runOnce(List<Tensor> tensors) {
        Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
        try {
            for (Tensor tensor : tensors) {
                feeds.put(tensor.name(), onnx(tensor));
            }
            try (OrtSession.Result result = session.run(feeds, outputNames, options)) {
                List<Tensor> results = new ArrayList<>(outputs.size());
                for (Map.Entry<String, OnnxValue> output : result) {
                    results.add(tensor(output.getKey(), (OnnxTensor) output.getValue()));
                }
                return results;
            }
        } catch (OrtException e) {
            throw new FoveaException(
                    ErrorCode.INFERENCE_FAILED,
                    "The network could not run on %s: %s".formatted(tensors, e.getMessage()),
                    e);
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    /** Makes runs that are under way fail as soon as they reach their next operator, and all later ones too. */
    @Override
    public void terminate() {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new FoveaException(ErrorCode.INTERNAL, "A run could not be terminated.", e);
        }
    }

    private OnnxTensor onnx(Tensor tensor) throws OrtException {
        if (tensor.type() == DataType.BYTES) {
            String[] texts = ByteStrings.unpack(tensor).stream()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .toArray(String[]::new);
            return OnnxTensor.createTensor(environment, texts, tensor.shape());
        }
        return OnnxTensor.createTensor(
                environment, direct(tensor.bytes()), tensor.shape(), OnnxTypes.of(tensor.type()));
    }

    /** The same bytes in native memory, in native order: what the library takes. */
    private static ByteBuffer direct(ByteBuffer bytes) {
        ByteBuffer direct = bytes.isDirect()
                ? bytes.duplicate()
                : ByteBuffer.allocateDirect(bytes.remaining())
                        .put(bytes.duplicate())
                        .flip();
        return direct.order(ByteOrder.nativeOrder());
    }

    private static Tensor tensor(String name, OnnxTensor value) throws OrtException {
        TensorInfo info = value.getInfo();
        DataType type = OnnxTypes.of(info.type);
        return new Tensor(name, type, info.getShape(), type == DataType.BYTES ? texts(value) : numbers(value));
    }

    private static ByteBuffer numbers(OnnxTensor value) {
        ByteBuffer bytes = value.getByteBuffer();
        return bytes == null ? ByteBuffer.allocate(0) : bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer texts(OnnxTensor value) throws OrtException {
        Object texts = value.getValue();
        String[] flat = texts instanceof String one ? new String[] {one} : OrtUtil.flattenString((Object[]) texts);
        return ByteStrings.pack(Arrays.stream(flat)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static List<TensorMetadata> tensors(Collection<NodeInfo> values) {
        List<TensorMetadata> tensors = new ArrayList<>();
        for (NodeInfo value : values) {
            if (value.getInfo() instanceof TensorInfo tensor) {
                tensors.add(new TensorMetadata(value.getName(), OnnxTypes.of(tensor.type), tensor.getShape()));
            }
        }
        return List.copyOf(tensors);
    }

    @Override
    public void close() {
        try {
            options.close();
            if (sharing.decrementAndGet() == 0) {
                session.close();
            }
        } catch (OrtException e) {
            throw new FoveaException(ErrorCode.INTERNAL, "A session could not be closed.", e);
        }
    }
}
