package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.Dictionary;
import dev.fovea.model.checkpoint.PickledValue.NumberType;
import dev.fovea.model.checkpoint.PickledValue.Opaque;
import dev.fovea.model.checkpoint.PickledValue.PickledNone;
import dev.fovea.model.checkpoint.PickledValue.PickledReal;
import dev.fovea.model.checkpoint.PickledValue.PickledText;
import dev.fovea.model.checkpoint.PickledValue.PickledTruth;
import dev.fovea.model.checkpoint.PickledValue.PickledWhole;
import dev.fovea.model.checkpoint.PickledValue.Scalar;
import dev.fovea.model.checkpoint.PickledValue.Sequence;
import dev.fovea.model.checkpoint.PickledValue.Storage;
import dev.fovea.model.checkpoint.PickledValue.Tuple;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles of protocols 2 to 5, as far as tensors need them. A pickle is a program for a stack machine that may
 * import any module of Python and call what is in it; here it can name what is in {@link AllowedGlobal} only, and every
 * other import, call and class is refused before the next instruction. Source of the instructions:
 * {@code Lib/pickletools.py} of CPython.
 */
final class PickleReader {

    private static final int MAX_INSTRUCTIONS = 1_000_000;

    private final PickleInput input;
    private final CheckpointFault fault;
    private final TensorCalls calls;
    private final List<PickledValue> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickledValue> memo = new HashMap<>();
    private int left = MAX_INSTRUCTIONS;

    /** @param bytes from their position on; it is moved behind each pickle that is read */
    PickleReader(ByteBuffer bytes, CheckpointFault fault) {
        this.input = new PickleInput(bytes, fault);
        this.fault = fault;
        this.calls = new TensorCalls(fault);
    }

    /** The next pickle. */
    PickledValue read() {
        stack.clear();
        marks.clear();
        memo.clear();
        while (true) {
            if (left-- == 0) {
                throw fault.corrupt("has a pickle of more than %d instructions".formatted(MAX_INSTRUCTIONS));
            }
            int instruction = input.unsigned();
            if (instruction == '.') {
                return pop();
            }
            if (!value(instruction) && !container(instruction) && !named(instruction)) {
                throw fault.unsafe("has the pickle instruction 0x%02x".formatted(instruction));
            }
        }
    }

    /** Instructions that put a value on the stack, or only frame the pickle; false for others. */
    private boolean value(int instruction) {
        switch (instruction) {
            case 0x80 -> protocol(input.unsigned());
            case 0x95 -> input.take(8); // FRAME
            case 'N' -> push(PickledNone.NONE);
            case 0x88 -> push(new PickledTruth(true));
            case 0x89 -> push(new PickledTruth(false));
            case 'K' -> push(whole(input.unsigned()));
            case 'M' -> push(whole(input.unsigned() | (input.unsigned() << 8)));
            case 'J' -> push(whole(input.take(4).getInt()));
            case 0x8a -> push(input.whole(input.unsigned()));
            case 'G' -> push(new PickledReal(input.real()));
            case 'X' -> push(input.text(input.length(4)));
            case 0x8c -> push(input.text(input.length(1)));
            case 0x8d -> push(input.text(input.length(8)));
            case 'U' -> push(input.text(input.length(1))); // a name of Python 2
            case 'T' -> push(input.text(input.length(4)));
            case 'C' -> push(new Opaque(input.take(input.length(1)).limit()));
            case 'B' -> push(new Opaque(input.take(input.length(4)).limit()));
            case 0x8e -> push(new Opaque(input.take(input.length(8)).limit()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Instructions that make and fill containers, and those of the memo; false for others. */
    private boolean container(int instruction) {
        switch (instruction) {
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> sinceMark();
            case '2' -> push(top());
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(sinceMark()));
            case 0x85 -> push(new Tuple(last(1)));
            case 0x86 -> push(new Tuple(last(2)));
            case 0x87 -> push(new Tuple(last(3)));
            case ']', 0x8f -> push(new Sequence(new ArrayList<>()));
            case 'l' -> push(new Sequence(new ArrayList<>(sinceMark())));
            case '}' -> push(new Dictionary());
            case 'a' -> append(last(1));
            case 'e', 0x90 -> append(sinceMark());
            case 's' -> put(last(2));
            case 'u' -> put(sinceMark());
            case 'q' -> memo.put((long) input.unsigned(), top());
            case 'r' -> memo.put((long) input.length(4), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(remembered(input.unsigned()));
            case 'j' -> push(remembered(input.length(4)));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Instructions by which a pickle would reach into Python; false for others. */
    private boolean named(int instruction) {
        switch (instruction) {
            case 'c' -> push(global(input.line(), input.line()));
            case 0x93 -> {
                List<PickledValue> names = last(2);
                push(global(string(names.get(0)), string(names.get(1))));
            }
            case 'R' -> {
                List<PickledValue> call = last(2);
                push(calls.result(call.get(0), call.get(1)));
            }
            case 'b' -> setState(pop());
            case 'Q' -> push(storage(pop()));
            case 'i', 'o', 0x81, 0x92 -> throw fault.unsafe("makes objects of classes of its own");
            case 0x82, 0x83, 0x84 -> throw fault.unsafe("uses the registry of extensions");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) {
        if (version < 2 || version > 5) {
            throw fault.corrupt("has a pickle of protocol %d; 2 to 5 are read".formatted(version));
        }
    }

    private PickledValue global(String module, String name) {
        return AllowedGlobal.find(module, name)
                .orElseThrow(() -> fault.unsafe("asks for %s".formatted(CheckpointFault.quoted(module + "." + name))));
    }

    /** A dictionary's attributes, such as versions of modules, are passed over; nothing else has any. */
    private void setState(PickledValue state) {
        if (!(top() instanceof Dictionary) || !(state instanceof Dictionary)) {
            throw fault.unsafe("sets the state of an object");
        }
    }

    /** PyTorch's reference to numbers: {@code ("storage", type, key, device, count)}. */
    private Storage storage(PickledValue reference) {
        if (reference instanceof Tuple(List<PickledValue> items)
                && items.size() >= 5
                && items.get(0) instanceof PickledText(String kind)
                && kind.equals("storage")
                && items.get(1) instanceof NumberType(StoredType type)
                && items.get(2) instanceof PickledText(String key)
                && items.get(4) instanceof PickledWhole(BigInteger count)) {
            if (items.size() > 6 || (items.size() == 6 && items.get(5) != PickledNone.NONE)) {
                throw fault.corrupt("refers to a part of the storage %s".formatted(CheckpointFault.quoted(key)));
            }
            return new Storage(key, type, calls.number(count));
        }
        throw fault.corrupt("refers to a storage by something else than its type, key and length");
    }

    private void append(List<PickledValue> values) {
        if (!(top() instanceof Sequence(List<PickledValue> items))) {
            throw fault.corrupt("has a pickle that adds to what is no list");
        }
        items.addAll(values);
    }

    private void put(List<PickledValue> keysAndValues) {
        if (!(top() instanceof Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
            throw fault.corrupt("has a pickle that adds to what is no dictionary");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            if (!(keysAndValues.get(i) instanceof Scalar key)) {
                throw fault.corrupt("has a dictionary with a key that is no name or number");
            }
            if (dictionary.items().put(key, keysAndValues.get(i + 1)) != null) {
                throw fault.corrupt("holds %s twice"
                        .formatted(key instanceof PickledText(String name) ? CheckpointFault.quoted(name) : "a key"));
            }
        }
    }

    private PickledValue remembered(long key) {
        @Nullable PickledValue value = memo.get(key);
        if (value == null) {
            throw fault.corrupt("has a pickle that refers to what it does not hold");
        }
        return value;
    }

    private void push(PickledValue value) {
        stack.add(value);
    }

    private PickledValue top() {
        if (stack.size() <= floor()) {
            throw underflow();
        }
        return stack.getLast();
    }

    private PickledValue pop() {
        PickledValue top = top();
        stack.removeLast();
        return top;
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private List<PickledValue> last(int count) {
        if (stack.size() - count < floor()) {
            throw underflow();
        }
        return removed(stack.size() - count);
    }

    private List<PickledValue> sinceMark() {
        if (marks.isEmpty()) {
            throw underflow();
        }
        return removed(marks.removeLast());
    }

    private List<PickledValue> removed(int from) {
        List<PickledValue> tail = stack.subList(from, stack.size());
        List<PickledValue> values = List.copyOf(tail);
        tail.clear();
        return values;
    }

    private RuntimeException underflow() {
        return fault.corrupt("has a pickle that takes more than it put down");
    }

    private String string(PickledValue value) {
        if (value instanceof PickledText(String text)) {
            return text;
        }
        throw fault.corrupt("has a pickle that imports something without a name");
    }

    private static PickledWhole whole(long value) {
        return new PickledWhole(BigInteger.valueOf(value));
    }
}
