package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.Dictionary;
import dev.fovea.model.checkpoint.PickledValue.PickledTensor;
import dev.fovea.model.checkpoint.PickledValue.PickledText;
import dev.fovea.model.checkpoint.PickledValue.Scalar;
import dev.fovea.model.checkpoint.PickledValue.Storage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Finds a network's tensors in what a checkpoint holds: the dictionary itself, or the one that a training saved beside
 * its optimizer; averaged weights come first, as timm takes them ({@code load_state_dict} in
 * {@code timm/models/_helpers.py}).
 */
final class StateDictionary {

    private static final List<String> NAMES =
            List.of("state_dict_ema", "model_ema", "state_dict", "model_state_dict", "model");

    private final CheckpointFault fault;
    private final TensorLayout layout;

    /** By storage and first number. */
    private final Map<String, TreeMap<Long, View>> used = new HashMap<>();

    /** @param end the number after its last */
    private record View(String name, PickledTensor tensor, long end) {}

    /** Where the bytes of a storage begin, after a check that the file holds all of them. */
    interface StoragePlaces {
        long start(Storage storage);
    }

    StateDictionary(CheckpointFault fault) {
        this.fault = fault;
        this.layout = new TensorLayout(fault);
    }

    SequencedMap<String, StoredTensor> tensors(PickledValue root, StoragePlaces places) {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<Scalar, PickledValue> item : find(root).items().entrySet()) {
            if (item.getKey() instanceof PickledText(String name) && item.getValue() instanceof PickledTensor tensor) {
                tensors.put(name, stored(name, tensor, places));
            }
        }
        return tensors;
    }

    private Dictionary find(PickledValue root) {
        if (root instanceof Dictionary dictionary) {
            if (hasTensors(dictionary)) {
                return dictionary;
            }
            for (String name : NAMES) {
                Optional<PickledValue> inner =
                        Optional.ofNullable(dictionary.items().get(new PickledText(name)));
                if (inner.orElse(root) instanceof Dictionary found && hasTensors(found)) {
                    return found;
                }
            }
        }
        throw fault.foreign(
                "holds no dictionary of tensors, itself or below one of %s".formatted(String.join(", ", NAMES)),
                "Save the weights with torch.save(model.state_dict(), \"weights.pth\").");
    }

    /** Two names for one tensor are usual (tied weights); two tensors that share a part of their numbers are not. */
    private void requireApart(String name, PickledTensor tensor, long end) {
        TreeMap<Long, View> views = used.computeIfAbsent(tensor.storage().key(), _ -> new TreeMap<>());
        View view = new View(name, tensor, end);
        Optional<View> before = Optional.ofNullable(views.floorEntry(end - 1)).map(Map.Entry::getValue);
        before.filter(other -> !other.tensor().equals(tensor) && other.end() > tensor.offset())
                .ifPresent(other -> {
                    throw fault.corrupt("lays out %s and %s over the same numbers"
                            .formatted(CheckpointFault.quoted(other.name()), CheckpointFault.quoted(name)));
                });
        views.put(tensor.offset(), view);
    }

    private static boolean hasTensors(Dictionary dictionary) {
        return dictionary.items().values().stream().anyMatch(PickledTensor.class::isInstance);
    }

    private StoredTensor stored(String name, PickledTensor tensor, StoragePlaces places) {
        Storage storage = tensor.storage();
        long end = layout.requireView(name, tensor.shape(), tensor.strides(), tensor.offset(), storage.count());
        requireApart(name, tensor, end);
        long start = places.start(storage) + tensor.offset() * storage.type().bytes();
        return new StoredTensor(storage.type(), tensor.shape(), tensor.strides(), start);
    }
}
