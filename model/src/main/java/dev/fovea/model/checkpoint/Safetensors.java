package dev.fovea.model.checkpoint;

import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The safetensors format: the length of a header (8 bytes), the header in JSON, then the numbers without gaps. Source:
 * the format's description in its README, and {@code validate} in {@code safetensors/src/tensor.rs}.
 */
final class Safetensors {

    private static final int MAX_HEADER = 8 << 20;

    private final CheckpointFile file;
    private final CheckpointFault fault;
    private final TensorLayout layout;

    private Safetensors(CheckpointFile file) {
        this.file = file;
        this.fault = file.fault();
        this.layout = new TensorLayout(fault);
    }

    static SequencedMap<String, StoredTensor> read(CheckpointFile file) {
        return new Safetensors(file).tensors();
    }

    private SequencedMap<String, StoredTensor> tensors() {
        long length = file.read(0, Long.BYTES, "the header's length").getLong();
        if (length < 2 || length > MAX_HEADER || length > file.size() - Long.BYTES) {
            throw fault.corrupt("states a header of %s bytes; it is %d bytes long, and %d is the limit"
                    .formatted(Long.toUnsignedString(length), file.size(), MAX_HEADER));
        }
        String text = StandardCharsets.UTF_8
                .decode(file.read(Long.BYTES, length, "the header"))
                .toString();
        JsonNode header = Json.of(file.source() + ": the header", ErrorCode.CHECKPOINT_CORRUPT)
                .parse(text);
        long start = Long.BYTES + length;
        long room = file.size() - start;
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        NavigableMap<Long, Long> ranges = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), start, room, ranges));
            }
        }
        requireWhole(ranges, room);
        return tensors;
    }

    private StoredTensor tensor(
            String name, JsonNode described, long start, long room, NavigableMap<Long, Long> ranges) {
        String code = described.path("dtype").asString("");
        StoredType type = StoredType.ofCode(code)
                .orElseThrow(() -> fault.foreign(
                        "holds %s as %s".formatted(CheckpointFault.quoted(name), CheckpointFault.quoted(code)),
                        "Save the weights as float32 or float16."));
        List<Long> shape = numbers(name, "shape", described);
        List<Long> range = numbers(name, "data_offsets", described);
        if (range.size() != 2) {
            throw fault.corrupt("gives %s no range of bytes".formatted(CheckpointFault.quoted(name)));
        }
        long from = range.getFirst();
        long to = range.getLast();
        if (from < 0 || to < from || to > room) {
            throw fault.corrupt(
                    "places %s at bytes %d to %d of %d".formatted(CheckpointFault.quoted(name), from, to, room));
        }
        long elements = layout.elements(name, shape, room);
        if (elements > (to - from) / type.bytes() || elements * type.bytes() != to - from) {
            throw fault.corrupt("gives %s the shape %s of %s, but %d bytes"
                    .formatted(CheckpointFault.quoted(name), StoredTensor.text(shape), code, to - from));
        }
        if (ranges.put(from, to) != null) {
            throw fault.corrupt(
                    "places two tensors at byte %d, one of them %s".formatted(from, CheckpointFault.quoted(name)));
        }
        return new StoredTensor(type, shape, StoredTensor.contiguous(shape), start + from);
    }

    private List<Long> numbers(String name, String field, JsonNode described) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : described.path(field)) {
            if (!number.isIntegralNumber() || !number.canConvertToLong()) {
                throw fault.corrupt("states %s of %s with something else than whole numbers"
                        .formatted(field, CheckpointFault.quoted(name)));
            }
            numbers.add(number.asLong());
        }
        return numbers;
    }

    /** The format allows neither gaps nor shared bytes: a file has one reading only. */
    private void requireWhole(NavigableMap<Long, Long> ranges, long room) {
        long end = 0;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (range.getKey() != end) {
                throw fault.corrupt(
                        "places a tensor at byte %d where the one before ends at %d: they overlap or leave a gap"
                                .formatted(range.getKey(), end));
            }
            end = range.getValue();
        }
        if (end != room) {
            throw fault.corrupt("has tensors of %d bytes and %d bytes for them".formatted(end, room));
        }
    }
}
