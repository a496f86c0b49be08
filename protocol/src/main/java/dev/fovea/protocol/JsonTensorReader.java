package dev.fovea.protocol;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads a message's tensors: first what the JSON says of each, then the bytes behind it, in their order. */
final class JsonTensorReader {

    private final JsonMapper mapper;
    private final byte[] body;
    private final int jsonLength;
    private final MessageKind kind;
    private final List<TensorDraft> drafts = new ArrayList<>();

    /**
     * Reads one message.
     *
     * @param body JSON and the binary data behind it; the tensors retain it
     * @param jsonLength how many bytes the JSON has
     */
    JsonTensorReader(JsonMapper mapper, byte[] body, int jsonLength, MessageKind kind) {
        this.mapper = mapper;
        this.body = body;
        this.jsonLength = jsonLength;
        this.kind = kind;
    }

    /** A tensor as far as it has been read. */
    private static final class TensorDraft {
        private @Nullable String name;
        private @Nullable DataType type;
        private long @Nullable [] shape;
        private @Nullable ByteBuffer data;
        private OptionalInt early = OptionalInt.empty();
        private Parameters parameters = Parameters.NONE;
    }

    /** Reads the object of one tensor. */
    void add(JsonValues values) {
        TensorDraft draft = new TensorDraft();
        String noun = kind.tensor();
        values.object("an " + noun, field -> {
            switch (field) {
                case "name" -> draft.name = values.text("the name of an " + noun);
                case "datatype" -> draft.type = DataType.named(values.text("datatype"));
                case "shape" -> draft.shape = shape(values);
                case "parameters" -> draft.parameters = values.parameters();
                case "data" -> data(values.json(), draft);
                default -> values.skip();
            }
        });
        drafts.add(draft);
    }

    /** Elements need their type; where it comes later they are passed over, and read once it is known. */
    private void data(JsonParser json, TensorDraft draft) {
        if (draft.type != null) {
            draft.data = JsonElements.read(json, String.valueOf(draft.name), draft.type);
        } else {
            draft.early = OptionalInt.of(place(json));
            json.skipChildren();
        }
    }

    /** Where in the body the parser stands. */
    private int place(JsonParser json) {
        long place = json.currentTokenLocation().getByteOffset();
        if (json.currentToken() != JsonToken.START_ARRAY || place < 0) {
            throw kind.malformed("data", "a list […], in UTF-8");
        }
        return (int) place;
    }

    private long[] shape(JsonValues values) {
        List<Long> lengths = new ArrayList<>();
        values.each("shape", () -> {
            if (values.json().currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw kind.malformed("shape", "whole numbers");
            }
            lengths.add(values.json().getLongValue());
        });
        return lengths.stream().mapToLong(Long::longValue).toArray();
    }

    /** All tensors; {@code TENSOR_INVALID} when one is not whole or bytes are left. */
    List<Tensor> tensors() {
        ByteBuffer behind = ByteBuffer.wrap(body, jsonLength, body.length - jsonLength);
        List<Tensor> tensors = new ArrayList<>();
        for (TensorDraft draft : drafts) {
            tensors.add(tensor(draft, behind));
        }
        if (behind.hasRemaining()) {
            throw invalid(
                    "%d bytes stand behind the last tensor; the binary_data_size of the %ss must add up to what is sent.",
                    behind.remaining(), kind.tensor());
        }
        return tensors;
    }

    private Tensor tensor(TensorDraft draft, ByteBuffer behind) {
        if (draft.name == null || draft.type == null || draft.shape == null) {
            throw invalid("An %s needs name, datatype and shape; \"%s\" lacks some.", kind.tensor(), draft.name);
        }
        return new Tensor(draft.name, draft.type, draft.shape, bytes(draft, draft.name, draft.type, behind));
    }

    private ByteBuffer bytes(TensorDraft draft, String name, DataType type, ByteBuffer behind) {
        boolean binary = draft.parameters.values().containsKey("binary_data_size");
        boolean inJson = draft.data != null || draft.early.isPresent();
        if (binary == inJson) {
            throw invalid("The %s \"%s\" needs either data or the parameter binary_data_size.", kind.tensor(), name);
        }
        if (binary) {
            return behind(name, draft.parameters.number("binary_data_size"), behind);
        }
        if (draft.early.isEmpty()) {
            return Optional.ofNullable(draft.data).orElseThrow();
        }
        int start = draft.early.getAsInt();
        try (JsonParser json = mapper.createParser(body, start, jsonLength - start)) {
            json.nextToken();
            return JsonElements.read(json, name, type);
        }
    }

    private ByteBuffer behind(String name, long size, ByteBuffer behind) {
        if (size > behind.remaining()) {
            throw invalid(
                    "The %s \"%s\" announces %d bytes but %d are left in the body.",
                    kind.tensor(), name, size, behind.remaining());
        }
        ByteBuffer bytes = behind.slice(behind.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
        behind.position(behind.position() + (int) size);
        return bytes;
    }

    @FormatMethod
    private static FoveaException invalid(String format, @Nullable Object... values) {
        return new FoveaException(ErrorCode.TENSOR_INVALID, format.formatted(values));
    }
}
