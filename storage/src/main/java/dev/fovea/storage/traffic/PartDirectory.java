package dev.fovea.storage.traffic;

import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Parquet files in a directory. A file appears whole, since it is renamed to its name. */
final class PartDirectory implements PartFiles {

    static final Comparator<Part> ORDER =
            Comparator.comparing((Part part) -> part.name().key());

    private final Path root;
    private final Path damaged;

    /**
     * Files below a directory.
     *
     * @param damaged the directory for files that are set aside
     */
    PartDirectory(Path root, Path damaged) {
        this.root = root;
        this.damaged = damaged;
    }

    @Override
    public List<Part> list(String model) {
        Path start = model.isEmpty() ? root : root.resolve(PartName.folder(model));
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(start)) {
            files.forEach(file -> part(file).ifPresent(parts::add));
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) { // a day that was deleted meanwhile
                throw StorageFailure.of("Listing the prediction log", root, e);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Listing the prediction log", root, e);
        }
        parts.sort(ORDER);
        return parts;
    }

    private Optional<Part> part(Path file) {
        return PartName.of(root.relativize(file).toString().replace('\\', '/')).flatMap(name -> {
            try {
                return Optional.of(new Part(name, Files.size(file)));
            } catch (IOException e) {
                return Optional.empty(); // it was merged meanwhile
            }
        });
    }

    @Override
    public void publish(PartName name, Path file) throws IOException {
        Path target = root.resolve(name.key());
        Files.createDirectories(target.resolveSibling(""));
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Path local(Part part) {
        return root.resolve(part.name().key());
    }

    @Override
    public void remove(PartName name) {
        Path file = root.resolve(name.key());
        try {
            Files.deleteIfExists(file);
            for (Path empty = file.getParent(); empty != null && !empty.equals(root); empty = empty.getParent()) {
                Files.deleteIfExists(empty);
            }
        } catch (DirectoryNotEmptyException e) {
            // other days or files are there
        } catch (IOException e) {
            throw StorageFailure.of("Deleting from the prediction log", file, e);
        }
    }

    @Override
    public String setAside(PartName name) throws IOException {
        Files.createDirectories(damaged);
        Path target = damaged.resolve(name.key().replace('/', '_'));
        Files.move(root.resolve(name.key()), target, StandardCopyOption.REPLACE_EXISTING);
        return target.toString();
    }
}
