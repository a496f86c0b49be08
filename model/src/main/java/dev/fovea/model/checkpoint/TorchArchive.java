package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.Storage;
import dev.fovea.model.checkpoint.ZipDirectory.ZipEntryBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * PyTorch's format since 1.6: a zip archive of {@code NAME/data.pkl} and one {@code NAME/data/KEY} for each storage.
 * Source: {@code _save} in {@code torch/serialization.py}.
 */
final class TorchArchive {

    private static final String PICKLE = "/data.pkl";
    static final int MAX_PICKLE = 8 << 20;

    private final CheckpointFile file;
    private final Map<String, ZipEntryBytes> entries;

    private TorchArchive(CheckpointFile file) {
        this.file = file;
        this.entries = ZipDirectory.read(file);
    }

    static SequencedMap<String, StoredTensor> read(CheckpointFile file) {
        return new TorchArchive(file).tensors();
    }

    private SequencedMap<String, StoredTensor> tensors() {
        String folder = folder();
        if (entries.keySet().stream().anyMatch(name -> name.startsWith(folder + "/code/"))) {
            throw file.fault().unsafe("is TorchScript and holds the code of a network");
        }
        requireLittleEndian(folder);
        ZipEntryBytes pickle = entry(folder + PICKLE);
        if (pickle.length() > MAX_PICKLE) {
            throw file.fault()
                    .corrupt("has a pickle of %d bytes beside its numbers; %d is the limit"
                            .formatted(pickle.length(), MAX_PICKLE));
        }
        PickledValue root =
                new PickleReader(file.read(pickle.start(), pickle.length(), "the pickle"), file.fault()).read();
        return new StateDictionary(file.fault()).tensors(root, storage -> start(folder, storage));
    }

    private String folder() {
        List<String> pickles =
                entries.keySet().stream().filter(name -> name.endsWith(PICKLE)).toList();
        if (pickles.size() != 1) {
            throw file.fault()
                    .foreign(
                            "is a zip archive with %d entries data.pkl, so no PyTorch checkpoint"
                                    .formatted(pickles.size()),
                            "If weights are in it, unpack it and give the file with them.");
        }
        return pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
    }

    private void requireLittleEndian(String folder) {
        Optional<ZipEntryBytes> order = Optional.ofNullable(entries.get(folder + "/byteorder"));
        order.ifPresent(entry -> {
            String word = StandardCharsets.US_ASCII
                    .decode(file.read(entry.start(), Math.min(entry.length(), 16), "the byte order"))
                    .toString();
            if (!word.equals("little")) {
                throw file.fault()
                        .foreign(
                                "states the byte order %s".formatted(CheckpointFault.quoted(word)),
                                "Save it on a little-endian machine.");
            }
        });
    }

    private ZipEntryBytes entry(String name) {
        return Optional.ofNullable(entries.get(name))
                .orElseThrow(() -> file.fault().corrupt("has no entry %s".formatted(CheckpointFault.quoted(name))));
    }

    private long start(String folder, Storage storage) {
        ZipEntryBytes entry = entry(folder + "/data/" + storage.key());
        if (storage.count() < 0
                || storage.count() > entry.length() / storage.type().bytes()) {
            throw file.fault()
                    .corrupt("states %d numbers in the storage %s, which has %d bytes"
                            .formatted(storage.count(), CheckpointFault.quoted(storage.key()), entry.length()));
        }
        return entry.start();
    }
}
