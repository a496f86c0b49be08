package dev.fovea.pipeline;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which data a caller who has no account on this machine may name: data set versions, and folders below configured
 * roots. Everything else gets one message, so that nobody learns which folders and files exist.
 */
public final class DataRoots {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

    private final List<Path> roots;
    private final DatasetStore store;

    /**
     * @param roots folders whose content may be named; empty allows data set ids only
     * @param store knows the data set versions
     */
    public DataRoots(List<Path> roots, DatasetStore store) {
        this.roots = List.copyOf(roots);
        this.store = store;
    }

    /**
     * Resolves what a caller named, for {@link QuantizationOrder#data}.
     *
     * @param data the first digits of a data set version's id, or a folder below a root; empty stays empty
     * @return the whole id, or the folder's real path with links resolved
     * @throws FoveaException {@code ARGUMENT_INVALID}, with the same message for all that is not allowed
     */
    public String require(String data) {
        return data.isEmpty() ? data : id(data).or(() -> folder(data)).orElseThrow(DataRoots::refused);
    }

    private Optional<String> id(String data) {
        if (!ID.matcher(data).matches()) {
            return Optional.empty();
        }
        List<String> found = store.list().stream()
                .map(DatasetStore.Summary::id)
                .filter(id -> id.startsWith(data))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Optional<String> folder(String data) {
        try {
            Path real = Path.of(data).toRealPath();
            return roots.stream().anyMatch(root -> isBelow(root, real)) && Files.isDirectory(real)
                    ? Optional.of(real.toString())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isBelow(Path root, Path real) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException e) {
            return false; // a root that is not there now holds nothing
        }
    }

    private static FoveaException refused() {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"data\" names nothing that may be read over the API. Give 8 or more digits of one data set version's id, or a folder below one of the server's data-roots.");
    }
}
