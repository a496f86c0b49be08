package dev.fovea.model.checkpoint;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The named tensors of a file with learned weights: a PyTorch checkpoint ({@code .pth}, {@code .pt}, {@code .bin}; the
 * zip format and the older one of several pickles) or safetensors. Opening reads the list of tensors and checks it
 * against the file's size; values are read when they are asked for. The caller closes it. Not thread-safe.
 */
public final class Checkpoint implements AutoCloseable {

    private static final int HEAD = 512;
    private static final int CHUNK = 1 << 20;
    private static final int MAX_VALUES = 1 << 29;

    /** What training on several devices and compiling put before every name. */
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.");

    private final CheckpointFile file;
    private final SequencedMap<String, StoredTensor> tensors;

    private Checkpoint(CheckpointFile file, SequencedMap<String, StoredTensor> tensors) {
        this.file = file;
        this.tensors = Collections.unmodifiableSequencedMap(unwrapped(tensors));
    }

    /**
     * Opens a file by its first bytes.
     *
     * @throws FoveaException {@code CHECKPOINT_UNSAFE} for one that asks for code, {@code CHECKPOINT_CORRUPT} for one
     *     that contradicts itself or is of another kind, {@code ARGUMENT_INVALID} for one that cannot be read
     */
    public static Checkpoint open(Path path) {
        CheckpointFile file = CheckpointFile.open(path);
        try {
            return new Checkpoint(file, read(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static SequencedMap<String, StoredTensor> read(CheckpointFile file) {
        ByteBuffer head = file.read(0, Math.min(HEAD, file.size()), "its head");
        if (starts(head, 0, "PK\u0003\u0004")) {
            return TorchArchive.read(file);
        }
        // before pickles: a header of 640 bytes begins as a pickle does
        if (starts(head, 8, "{") || file.source().endsWith(".safetensors")) {
            return Safetensors.read(file);
        }
        if (starts(head, 0, "\u0080")) {
            return LegacyTorch.read(file);
        }
        if (starts(head, 257, "ustar")) {
            throw file.fault()
                    .foreign(
                            "is a PyTorch checkpoint of 2016 (tar), which is not read",
                            "Load and save it with a later version: torch.save(torch.load(FILE), \"weights.pth\").");
        }
        throw file.fault()
                .foreign(
                        "is neither a PyTorch checkpoint nor safetensors",
                        "Give a .pth, .pt, .bin or .safetensors file with the weights of one network.");
    }

    private static boolean starts(ByteBuffer bytes, int at, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (at + i >= bytes.limit() || (bytes.get(at + i) & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static SequencedMap<String, StoredTensor> unwrapped(SequencedMap<String, StoredTensor> tensors) {
        Optional<String> wrapper = WRAPPERS.stream()
                .filter(prefix -> tensors.keySet().stream()
                        .allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length()))
                .findFirst();
        if (wrapper.isEmpty() || tensors.isEmpty()) {
            return tensors;
        }
        SequencedMap<String, StoredTensor> plain = new LinkedHashMap<>();
        for (Map.Entry<String, StoredTensor> tensor : tensors.entrySet()) {
            plain.put(tensor.getKey().substring(wrapper.get().length()), tensor.getValue());
        }
        return plain;
    }

    /** The tensors by name, in the file's order; without a prefix such as {@code module.} that all names have. */
    public SequencedMap<String, StoredTensor> tensors() {
        return tensors;
    }

    /** The file, as messages call it. */
    public String source() {
        return file.source();
    }

    /**
     * The values of a tensor as 32-bit floating point, last axis fastest.
     *
     * @throws FoveaException {@code CHECKPOINT_CORRUPT} where one is not a finite number
     */
    public float[] values(String name) {
        StoredTensor tensor = Optional.ofNullable(tensors.get(name))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "%s has no tensor %s.".formatted(source(), name)));
        float[] values = tensor.isContiguous() ? run(tensor) : gathered(tensor);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw file.fault()
                        .corrupt("holds %s among the values of %s: the training diverged, or the file is damaged"
                                .formatted(value, CheckpointFault.quoted(name)));
            }
        }
        return values;
    }

    private float[] run(StoredTensor tensor) {
        float[] values = new float[count(tensor)];
        int width = tensor.type().bytes();
        for (int done = 0; done < values.length; ) {
            int count = Math.min(CHUNK, values.length - done);
            ByteBuffer bytes = file.read(tensor.start() + (long) done * width, (long) count * width, "a tensor");
            for (int i = 0; i < count; i++) {
                values[done++] = tensor.type().next(bytes);
            }
        }
        return values;
    }

    private int count(StoredTensor tensor) {
        long elements = tensor.elements();
        if (elements > MAX_VALUES) {
            throw file.fault()
                    .foreign(
                            "holds a tensor of %d values; %d is the limit".formatted(elements, MAX_VALUES),
                            "Use a smaller network.");
        }
        return (int) elements;
    }

    /** Elements that lie in another order, as those of networks that were trained with channels last. */
    private float[] gathered(StoredTensor tensor) {
        List<Long> shape = tensor.shape();
        long reach = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            reach += (shape.get(axis) - 1) * tensor.strides().get(axis);
        }
        float[] stored = run(new StoredTensor(tensor.type(), List.of(reach), List.of(1L), tensor.start()));
        float[] values = new float[count(tensor)];
        long[] index = new long[shape.size()];
        long place = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = stored[(int) place];
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                place += tensor.strides().get(axis);
                if (++index[axis] < shape.get(axis)) {
                    break;
                }
                place -= index[axis] * tensor.strides().get(axis);
                index[axis] = 0;
            }
        }
        return values;
    }

    @Override
    public void close() {
        file.close();
    }
}
