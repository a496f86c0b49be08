package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A tensor's elements in JSON: a list, flat or nested as the shape is. */
final class JsonElements {

    private static final int FIRST_BYTES = 1024;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final String tensor;
    private final DataType type;
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private JsonElements(String tensor, DataType type) {
        this.tensor = tensor;
        this.type = type;
    }

    /** Reads the list that the parser stands at the start of. */
    static ByteBuffer read(JsonParser json, String tensor, DataType type) {
        if (type == DataType.FP16 || type == DataType.BF16) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The tensor \"%s\" is %s, which JSON cannot carry. Send it as binary data."
                            .formatted(tensor, type));
        }
        return new JsonElements(tensor, type).read(json);
    }

    private ByteBuffer read(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(json);
        }
        int depth = 1;
        while (depth > 0) {
            switch (json.nextToken()) {
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                default -> put(json);
            }
        }
        return bytes.flip();
    }

    private void put(JsonParser json) {
        JsonToken token = json.currentToken();
        boolean fits = switch (type) {
            case BOOL -> token.isBoolean() || token == JsonToken.VALUE_NUMBER_INT;
            case BYTES -> token == JsonToken.VALUE_STRING;
            case FP32, FP64 -> token.isNumeric();
            default -> token == JsonToken.VALUE_NUMBER_INT;
        };
        if (!fits) {
            throw wrong(json);
        }
        switch (type) {
            case BOOL ->
                room(1).put((byte) (token.isBoolean() ? (token == JsonToken.VALUE_TRUE ? 1 : 0) : whole(json, 0, 1)));
            case UINT8 -> room(1).put((byte) whole(json, 0, 0xFF));
            case INT8 -> room(1).put((byte) whole(json, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT16 -> room(2).putShort((short) whole(json, 0, 0xFFFF));
            case INT16 -> room(2).putShort((short) whole(json, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT32 -> room(4).putInt((int) whole(json, 0, 0xFFFF_FFFFL));
            case INT32 -> room(4).putInt((int) whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT64 -> room(8).putLong(whole(json, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> room(8).putLong(unsigned(json));
            case FP32 -> room(4).putFloat(single(json));
            case FP64 -> room(8).putDouble(wide(json));
            case BYTES -> text(json.getString().getBytes(StandardCharsets.UTF_8));
            case FP16, BF16 -> throw new IllegalStateException("refused before");
        }
    }

    private long whole(JsonParser json, long min, long max) {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrong(json);
        }
        long value = json.getLongValue();
        if (value < min || value > max) {
            throw wrong(json);
        }
        return value;
    }

    /** JSON has no infinity, so one is a number that the type cannot hold. */
    private float single(JsonParser json) {
        float value = json.getFloatValue();
        if (Float.isInfinite(value)) {
            throw wrong(json);
        }
        return value;
    }

    private double wide(JsonParser json) {
        double value = json.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw wrong(json);
        }
        return value;
    }

    private long unsigned(JsonParser json) {
        BigInteger value = json.getBigIntegerValue();
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw wrong(json);
        }
        return value.longValue();
    }

    private void text(byte[] text) {
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            long needed = (long) bytes.position() + more;
            if (needed > MOST_BYTES) {
                throw new FoveaException(
                        ErrorCode.TENSOR_INVALID,
                        "The data of \"%s\" is larger than %,d bytes. Send it as binary data."
                                .formatted(tensor, MOST_BYTES));
            }
            ByteBuffer larger = ByteBuffer.allocate((int) Math.clamp(2L * bytes.capacity(), needed, MOST_BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    private FoveaException wrong(JsonParser json) {
        return new FoveaException(
                ErrorCode.TENSOR_INVALID,
                "The data of \"%s\" holds %s, which is no %s.".formatted(tensor, shown(json), type));
    }

    private static String shown(JsonParser json) {
        String text = String.valueOf(json.getString());
        return text.length() > 50 ? text.substring(0, 50) + "…" : text;
    }

    /** Writes elements as a flat list. */
    static void write(JsonGenerator json, String tensor, DataType type, ByteBuffer elements) {
        ByteBuffer from = elements.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        json.writeStartArray();
        while (from.hasRemaining()) {
            switch (type) {
                case BOOL -> json.writeBoolean(from.get() != 0);
                case UINT8 -> json.writeNumber(Byte.toUnsignedInt(from.get()));
                case INT8 -> json.writeNumber((int) from.get());
                case UINT16 -> json.writeNumber(Short.toUnsignedInt(from.getShort()));
                case INT16 -> json.writeNumber((int) from.getShort());
                case UINT32 -> json.writeNumber(Integer.toUnsignedLong(from.getInt()));
                case INT32 -> json.writeNumber(from.getInt());
                case INT64 -> json.writeNumber(from.getLong());
                case UINT64 -> json.writeNumber(new BigInteger(Long.toUnsignedString(from.getLong())));
                case FP32 -> json.writeNumber((float) finite(tensor, from.getFloat()));
                case FP64 -> json.writeNumber(finite(tensor, from.getDouble()));
                case BYTES -> json.writeString(text(from));
                case FP16, BF16 ->
                    throw new FoveaException(
                            ErrorCode.TENSOR_INVALID,
                            "The output \"%s\" is %s, which JSON cannot carry. Request it with binary_data."
                                    .formatted(tensor, type));
            }
        }
        json.writeEndArray();
    }

    private static double finite(String tensor, double value) {
        if (!Double.isFinite(value)) {
            throw new FoveaException(
                    ErrorCode.INFERENCE_FAILED,
                    "The output \"%s\" holds %s, which JSON cannot carry. Request it with binary_data, or check the input."
                            .formatted(tensor, value));
        }
        return value;
    }

    private static String text(ByteBuffer from) {
        byte[] text = new byte[from.getInt()];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
