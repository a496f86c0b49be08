package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.Dictionary;
import dev.fovea.model.checkpoint.PickledValue.PickledGlobal;
import dev.fovea.model.checkpoint.PickledValue.PickledNone;
import dev.fovea.model.checkpoint.PickledValue.PickledTensor;
import dev.fovea.model.checkpoint.PickledValue.PickledText;
import dev.fovea.model.checkpoint.PickledValue.PickledWhole;
import dev.fovea.model.checkpoint.PickledValue.Scalar;
import dev.fovea.model.checkpoint.PickledValue.Sequence;
import dev.fovea.model.checkpoint.PickledValue.Storage;
import dev.fovea.model.checkpoint.PickledValue.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What the calls of {@link AllowedGlobal} in a pickle give. Source: {@code torch/_utils.py}. */
final class TensorCalls {

    private final CheckpointFault fault;

    TensorCalls(CheckpointFault fault) {
        this.fault = fault;
    }

    /** The result of calling a function with a tuple of arguments. */
    PickledValue result(PickledValue function, PickledValue arguments) {
        if (!(function instanceof PickledGlobal(AllowedGlobal global))
                || !(arguments instanceof Tuple(List<PickledValue> given))) {
            throw fault.unsafe("calls something that is no function of PyTorch");
        }
        return switch (global) {
            case ORDERED_DICT -> dictionary(given);
            case REBUILD_TENSOR, REBUILD_TENSOR_FIRST -> tensor(given);
            case REBUILD_PARAMETER -> parameter(given);
            case SIZE -> given.size() == 1 ? given.getFirst() : new Tuple(given);
            case DEVICE -> new PickledText("device");
        };
    }

    /** Python 2 gives the items at once, as a list of lists of two. */
    private Dictionary dictionary(List<PickledValue> given) {
        Dictionary dictionary = new Dictionary();
        if (given.isEmpty()) {
            return dictionary;
        }
        if (given.size() != 1 || !(given.getFirst() instanceof Sequence(List<PickledValue> items))) {
            throw fault.corrupt("fills a dictionary with something else than a list of items");
        }
        for (PickledValue item : items) {
            if (!(item instanceof Sequence(List<PickledValue> pair))
                    || pair.size() != 2
                    || !(pair.getFirst() instanceof Scalar key)) {
                throw fault.corrupt("fills a dictionary with an item that is no key and value");
            }
            if (dictionary.items().put(key, pair.getLast()) != null) {
                throw fault.corrupt("fills a dictionary with a key twice");
            }
        }
        return dictionary;
    }

    /**
     * {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}; the first version had four
     * arguments.
     */
    private PickledTensor tensor(List<PickledValue> given) {
        if (given.size() >= 4
                && given.get(0) instanceof Storage storage
                && given.get(1) instanceof PickledWhole(BigInteger offset)) {
            return new PickledTensor(storage, number(offset), numbers(given.get(2)), numbers(given.get(3)));
        }
        throw fault.corrupt("describes a tensor without storage, offset, shape and strides");
    }

    /** {@code _rebuild_parameter(tensor, requires_grad, hooks)}. */
    private PickledTensor parameter(List<PickledValue> given) {
        if (!given.isEmpty() && given.getFirst() instanceof PickledTensor tensor) {
            return tensor;
        }
        throw fault.corrupt("describes a parameter without a tensor");
    }

    private List<Long> numbers(PickledValue value) {
        List<PickledValue> items = List.of(PickledNone.NONE);
        if (value instanceof Tuple(List<PickledValue> given)) {
            items = given;
        } else if (value instanceof Sequence(List<PickledValue> given)) {
            items = given;
        }
        List<Long> numbers = new ArrayList<>();
        for (PickledValue item : items) {
            if (!(item instanceof PickledWhole(BigInteger number))) {
                throw fault.corrupt("describes a tensor's shape by something else than numbers");
            }
            numbers.add(number(number));
        }
        return numbers;
    }

    /** A number of 64 bits. */
    long number(BigInteger value) {
        if (value.bitLength() >= Long.SIZE) {
            throw fault.corrupt("states the length or place %s, which is no number of 64 bits".formatted(value));
        }
        return value.longValueExact();
    }
}
