package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists the files of a labelled folder: one folder per class, or {@code train}, {@code val}, {@code test} with one
 * folder per class in each. Links are followed, loops are noticed, hidden files are left alone. Nothing is opened.
 */
public final class FolderReader {

    private static final int DEEPEST = 32;

    private final Path root;
    private final Path inner;
    private final Set<Path> leftOut;
    private final List<FoundFile> files = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>();

    /**
     * What a folder holds, each list ordered by path.
     *
     * @param divided whether there are split folders above the class folders
     * @param files files in class folders, of whatever kind
     * @param skipped what was left alone, and why
     */
    public record Listing(boolean divided, List<FoundFile> files, List<SkippedFile> skipped) {
        public Listing {
            files = List.copyOf(files);
            skipped = List.copyOf(skipped);
        }
    }

    private FolderReader(Path root, Path inner, Set<Path> leftOut) {
        this.root = root;
        this.inner = inner;
        this.leftOut = leftOut;
    }

    /** Lists a folder; {@code DATASET_INVALID} when it is missing, no folder or unreadable. */
    public static Listing read(Path folder) {
        return read(folder, folder, Set.of());
    }

    /**
     * Lists a folder whose class folders lie deeper.
     *
     * @param folder that paths are relative to
     * @param inner the folder that holds the class or split folders, in {@code folder} or the same
     * @param leftOut folders that are no classes
     */
    public static Listing read(Path folder, Path inner, Set<Path> leftOut) {
        requireReadable(folder);
        return new FolderReader(folder, inner, leftOut).list();
    }

    private Listing list() {
        List<Path> top = children(inner);
        boolean divided = isDivided(top);
        for (Path entry : top) {
            if (divided) {
                readSide(entry);
            } else {
                readClass(entry, Side.UNASSIGNED);
            }
        }
        files.sort(Comparator.comparing(FoundFile::path));
        skipped.sort(Comparator.comparing(SkippedFile::path));
        return new Listing(divided, files, skipped);
    }

    /** A train folder and one more side, or nothing but sides; so a class may be called "test" among other classes. */
    private static boolean isDivided(List<Path> top) {
        List<Path> folders = top.stream()
                .filter(Files::isDirectory)
                .filter(path -> !isHidden(path))
                .toList();
        EnumSet<Side> sides = EnumSet.noneOf(Side.class);
        long named = folders.stream()
                .map(folder -> Side.ofFolder(name(folder)))
                .flatMap(Optional::stream)
                .peek(sides::add)
                .count();
        return sides.contains(Side.TRAIN) && (sides.size() > 1 || named == folders.size());
    }

    private void readSide(Path entry) {
        Optional<Side> side = Side.ofFolder(name(entry));
        if (isHidden(entry)) {
            skip(entry, "hidden");
        } else if (side.isEmpty() || !Files.isDirectory(entry)) {
            skip(entry, "beside the train, val and test folders");
        } else {
            children(entry).forEach(child -> readClass(child, side.get()));
        }
    }

    private void readClass(Path entry, Side side) {
        if (isHidden(entry)) {
            skip(entry, "hidden");
        } else if (leftOut.contains(entry)) {
            skip(entry, "no class");
        } else if (!Files.isDirectory(entry)) {
            skip(entry, "not in a class folder");
        } else {
            walk(entry, ClassName.of(name(entry), "A class folder", "Rename the folder."), side);
        }
    }

    private void walk(Path folder, String label, Side side) {
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new ClassVisitor(label, side));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private void skip(Path path, String reason) {
        skipped.add(new SkippedFile(relative(path), reason));
    }

    private String relative(Path path) {
        List<String> parts = new ArrayList<>();
        root.relativize(path).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** {@code DATASET_INVALID} when a folder is missing or is a file. */
    public static void requireReadable(Path folder) {
        if (!Files.exists(folder)) {
            throw invalid("The folder %s does not exist. Check the path.".formatted(folder));
        }
        if (!Files.isDirectory(folder)) {
            throw invalid("%s is a file. Give the folder that holds one folder per class.".formatted(folder));
        }
    }

    private static FoveaException unreadable(Path folder, IOException cause) {
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                "The folder %s cannot be read. Check its permissions.".formatted(folder),
                cause);
    }

    static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.DATASET_INVALID, message);
    }

    private final class ClassVisitor extends SimpleFileVisitor<Path> {

        private final String label;
        private final Side side;

        ClassVisitor(String label, Side side) {
            this.label = label;
            this.side = side;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (Files.isSymbolicLink(folder) && root.toRealPath().startsWith(folder.toRealPath())) {
                skip(folder, "a link back to a folder above it");
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (isHidden(folder)) {
                skip(folder, "hidden");
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file)) {
                skip(file, "hidden");
            } else if (!attributes.isRegularFile()) {
                skip(file, attributes.isDirectory() ? "nested too deeply" : "not a regular file");
            } else {
                files.add(new FoundFile(file, relative(file), label, side));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                skip(file, "a link back to a folder above it");
                return FileVisitResult.CONTINUE;
            }
            if (Files.isDirectory(file)) {
                throw unreadable(file, failure);
            }
            skip(file, "cannot be read, perhaps a broken link");
            return FileVisitResult.CONTINUE;
        }
    }
}
