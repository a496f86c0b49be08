package dev.fovea.pipeline.request;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The data that API callers may use: image lists, and folders below configured roots. All other paths get one message,
 * which does not reveal whether they exist.
 */
public final class DataRoots implements RequestPaths {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

    private final List<Path> roots;
    private final DatasetStore store;
    private final Predicate<String> datasets;

    /**
     * @param roots folders whose content may be used; empty allows data set ids only
     * @param store knows the versions that trainings read from folders
     * @param datasets whether a text names a curated data set, with or without a version
     */
    public DataRoots(List<Path> roots, DatasetStore store, Predicate<String> datasets) {
        this.roots = List.copyOf(roots);
        this.store = store;
        this.datasets = datasets;
    }

    /**
     * Resolves a path, the name of a data set or the id of a version.
     *
     * @param field name of the request field
     * @param path a prefix of an image list's id, or a folder below a root
     * @return the whole id, the name, or the folder's real path with links resolved
     * @throws FoveaException {@code ARGUMENT_INVALID}, with one message for all forbidden paths, and another one for an
     *     allowed folder with a symbolic link out of the roots
     */
    @Override
    public String data(String field, String path) {
        return id(path).or(() -> Optional.of(path).filter(datasets))
                .or(() -> real(path).filter(Files::isDirectory).map(folder -> closed(field, folder)))
                .orElseThrow(() -> refused(
                        field, "Use the name of a data set, 8 or more digits of one version's id, or a folder"));
    }

    /**
     * Resolves a file or a folder with one. Files in the same folder may be read as well, so that no link there may
     * lead out of the roots.
     */
    @Override
    public String file(String field, String path) {
        Path real = real(path).orElseThrow(() -> refused(field, "Use a file or folder"));
        String _ = closed(field, Files.isDirectory(real) ? real : Objects.requireNonNullElse(real.getParent(), real));
        return real.toString();
    }

    /** Refuses all files: what a caller states is not run in the server before it was imported. */
    @Override
    public String network(String field, String path) {
        throw new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"%s\" must be a registered model, as NAME or NAME:VERSION, or a backbone of the catalogue. Import the file, then name the model."
                        .formatted(field));
    }

    /** A request as API callers may see it: paths outside the roots are cut to their last name. */
    public JobRequest shown(JobRequest request) {
        return request.withPaths(new RequestPaths() {
            @Override
            public String data(String field, String path) {
                return file(field, path);
            }

            @Override
            public String file(String field, String path) {
                return shown(path);
            }
        });
    }

    /** A path as API callers may see it: one outside the roots is cut to its last name. */
    public String shown(String path) {
        return real(path).isPresent() ? path : path.substring(path.lastIndexOf('/') + 1);
    }

    /** Links are followed when a folder is read, so that none may lead out of the roots. Broken links are allowed. */
    private String closed(String field, Path folder) {
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
                            requireInside(field, folder, directory);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
                            requireInside(field, folder, file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException ignored) {
                            return FileVisitResult.CONTINUE; // a loop, or what cannot be read
                        }
                    });
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" names a folder that cannot be read in whole. Check its permissions.".formatted(field),
                    e);
        }
        return folder.toString();
    }

    private void requireInside(String field, Path folder, Path file) {
        if (Files.isSymbolicLink(file) && leadsOut(file)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" contains the symbolic link \"%s\", which leads out of the server's datasets.roots. Remove it, or add its target to datasets.roots."
                            .formatted(
                                    field,
                                    Printable.word(folder.relativize(file).toString())));
        }
    }

    private boolean leadsOut(Path link) {
        try {
            Path real = link.toRealPath();
            return roots.stream().noneMatch(root -> isBelow(root, real));
        } catch (IOException e) {
            return false;
        }
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

    private Optional<Path> real(String path) {
        try {
            Path real = Path.of(path).toRealPath();
            return roots.stream().anyMatch(root -> isBelow(root, real)) ? Optional.of(real) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isBelow(Path root, Path real) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException e) {
            return false; // a missing root contains nothing
        }
    }

    private static FoveaException refused(String field, String remedy) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "\"%s\" cannot be read over the API. %s below one of the server's datasets.roots."
                        .formatted(field, remedy));
    }
}
