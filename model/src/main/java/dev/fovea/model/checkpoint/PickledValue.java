package dev.fovea.model.checkpoint;

import java.math.BigInteger;
import java.util.List;
import java.util.SequencedMap;

/** What a pickle may hold here. Lists and dictionaries change until the pickle ends, as in Python. */
sealed interface PickledValue {

    /** What can be a key of a dictionary. */
    sealed interface Scalar extends PickledValue {}

    record PickledText(String value) implements Scalar {}

    record PickledWhole(BigInteger value) implements Scalar {}

    record PickledReal(double value) implements Scalar {}

    record PickledTruth(boolean value) implements Scalar {}

    enum PickledNone implements Scalar {
        NONE
    }

    /** Bytes, which are passed over. */
    record Opaque(int length) implements PickledValue {}

    record Tuple(List<PickledValue> items) implements PickledValue {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /** A list or a set. */
    record Sequence(List<PickledValue> items) implements PickledValue {}

    /** A dictionary, ordered or not. Equal to itself only, because it may contain itself. */
    final class Dictionary implements PickledValue {

        private final SequencedMap<Scalar, PickledValue> items = new java.util.LinkedHashMap<>();

        SequencedMap<Scalar, PickledValue> items() {
            return items;
        }
    }

    /** The name of a class or function on the list of those that tensors need. */
    record PickledGlobal(AllowedGlobal global) implements PickledValue {}

    /** A type of numbers, such as {@code torch.FloatStorage}. */
    record NumberType(StoredType type) implements PickledValue {}

    /**
     * Numbers that lie elsewhere in the file.
     *
     * @param count how many
     */
    record Storage(String key, StoredType type, long count) implements PickledValue {}

    /** A view of a storage, not yet checked. */
    record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickledValue {}
}
