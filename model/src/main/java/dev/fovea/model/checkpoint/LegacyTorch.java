package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.Dictionary;
import dev.fovea.model.checkpoint.PickledValue.PickledTensor;
import dev.fovea.model.checkpoint.PickledValue.PickledText;
import dev.fovea.model.checkpoint.PickledValue.PickledTruth;
import dev.fovea.model.checkpoint.PickledValue.PickledWhole;
import dev.fovea.model.checkpoint.PickledValue.Sequence;
import dev.fovea.model.checkpoint.PickledValue.Storage;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * PyTorch's format before 1.6, which many files on the web still have: five pickles (a magic number, the version, facts
 * about the machine, the object, the keys of the storages), then each storage as its length and its numbers. Source:
 * {@code _legacy_save} in {@code torch/serialization.py}.
 */
final class LegacyTorch {

    private static final PickledWhole MAGIC = new PickledWhole(new BigInteger("1950a86a20f9469cfc6c", 16));
    private static final PickledWhole VERSION = new PickledWhole(BigInteger.valueOf(1001));

    private final CheckpointFile file;
    private final Map<String, Storage> storages = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();

    private LegacyTorch(CheckpointFile file) {
        this.file = file;
    }

    static SequencedMap<String, StoredTensor> read(CheckpointFile file) {
        return new LegacyTorch(file).tensors();
    }

    private SequencedMap<String, StoredTensor> tensors() {
        ByteBuffer head = file.read(0, Math.min(file.size(), TorchArchive.MAX_PICKLE), "its pickles");
        PickleReader pickles = new PickleReader(head, file.fault());
        if (!pickles.read().equals(MAGIC)) {
            throw file.fault().unsafe("is a pickle of other objects");
        }
        if (!pickles.read().equals(VERSION)) {
            throw file.fault().corrupt("states an unknown version of PyTorch's older format");
        }
        requireLittleEndian(pickles.read());
        PickledValue root = pickles.read();
        PickledValue keys = pickles.read();
        collect(root);
        place(keys, head.position());
        return new StateDictionary(file.fault()).tensors(root, this::start);
    }

    private void requireLittleEndian(PickledValue facts) {
        boolean little = facts instanceof Dictionary dictionary
                && Optional.ofNullable(dictionary.items().get(new PickledText("little_endian")))
                        .filter(new PickledTruth(true)::equals)
                        .isPresent();
        if (!little) {
            throw file.fault()
                    .foreign("was not saved on a little-endian machine", "Load and save it on a usual processor.");
        }
    }

    /** The storages of all tensors, those of an optimizer among them: each one's type is said there only. */
    private void collect(PickledValue root) {
        Deque<PickledValue> open = new ArrayDeque<>(List.of(root));
        Set<PickledValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!open.isEmpty()) {
            PickledValue value = open.pop();
            if (!seen.add(value)) {
                continue;
            }
            switch (value) {
                case Dictionary dictionary -> open.addAll(dictionary.items().values());
                case Sequence(List<PickledValue> items) -> open.addAll(items);
                case PickledValue.Tuple(List<PickledValue> items) -> open.addAll(items);
                case PickledTensor tensor -> collect(tensor.storage());
                case Storage storage -> {
                    Storage known = storages.merge(storage.key(), storage, (first, _) -> first);
                    if (!known.equals(storage)) {
                        throw file.fault()
                                .corrupt("describes the storage %s in two ways"
                                        .formatted(CheckpointFault.quoted(storage.key())));
                    }
                }
                case PickledValue.Scalar _,
                        PickledValue.Opaque _,
                        PickledValue.PickledGlobal _,
                        PickledValue.NumberType _ -> {
                    // no tensors in it
                }
            }
        }
    }

    private void place(PickledValue keys, long first) {
        long at = first;
        for (String key : names(keys)) {
            Storage storage = Optional.ofNullable(storages.get(key))
                    .orElseThrow(() -> file.fault()
                            .corrupt("holds the storage %s of no tensor".formatted(CheckpointFault.quoted(key))));
            long count = file.read(at, Long.BYTES, "the storage " + CheckpointFault.quoted(key))
                    .getLong();
            long room = (file.size() - at - Long.BYTES) / storage.type().bytes();
            if (count != storage.count() || count < 0 || count > room) {
                throw file.fault()
                        .corrupt("states %d and %d numbers for the storage %s, and has room for %d"
                                .formatted(storage.count(), count, CheckpointFault.quoted(key), room));
            }
            if (starts.put(key, at + Long.BYTES) != null) {
                throw file.fault().corrupt("holds the storage %s twice".formatted(CheckpointFault.quoted(key)));
            }
            at += Long.BYTES + count * storage.type().bytes();
        }
    }

    private List<String> names(PickledValue keys) {
        List<String> names = new ArrayList<>();
        if (keys instanceof Sequence(List<PickledValue> items)) {
            for (PickledValue item : items) {
                if (item instanceof PickledText(String name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private long start(Storage storage) {
        return Optional.ofNullable(starts.get(storage.key()))
                .orElseThrow(() ->
                        file.fault().corrupt("has no storage %s".formatted(CheckpointFault.quoted(storage.key()))));
    }
}
