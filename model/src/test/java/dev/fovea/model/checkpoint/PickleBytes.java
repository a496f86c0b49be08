package dev.fovea.model.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles instruction by instruction, also such as no pickler writes. */
final class PickleBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A pickle of protocol 2. */
    PickleBytes() {
        raw(0x80, 2);
    }

    PickleBytes raw(int... instructions) {
        for (int instruction : instructions) {
            bytes.write(instruction);
        }
        return this;
    }

    PickleBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        raw('X');
        number(4, utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    PickleBytes whole(long value) {
        raw(0x8a, 8);
        number(8, value);
        return this;
    }

    PickleBytes magic() {
        return raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
    }

    PickleBytes global(String module, String name) {
        raw('c');
        bytes.writeBytes("%s\n%s\n".formatted(module, name).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleBytes wholes(List<Long> values) {
        raw('(');
        values.forEach(this::whole);
        return raw('t');
    }

    /** A call of {@code _rebuild_tensor_v2} on a storage of 32-bit numbers. */
    PickleBytes tensor(String key, long count, long offset, List<Long> shape, List<Long> strides) {
        global("torch._utils", "_rebuild_tensor_v2").raw('(');
        raw('(').text("storage")
                .global("torch", "FloatStorage")
                .text(key)
                .text("cpu")
                .whole(count)
                .raw('t', 'Q');
        whole(offset).wholes(shape).wholes(strides);
        return raw(0x89).global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
    }

    byte[] end() {
        raw('.');
        return bytes.toByteArray();
    }

    private void number(int width, long value) {
        ByteBuffer field = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        field.putLong(value);
        bytes.write(field.array(), 0, width);
    }
}
