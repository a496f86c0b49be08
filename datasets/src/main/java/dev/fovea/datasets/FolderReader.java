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
     * The contents of a folder, each list ordered by path.
     *
     * @param divided whether there are split folders above the class folders
     * @param files files in class folders, of any type
     * @param skipped skipped files, with reasons
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
     * @param inner parent of the class or split folders: {@code folder} or a folder in it
     * @param leftOut folders that are not classes
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
                readSplit(entry);
            } else {
                readClass(entry, Split.UNASSIGNED);
            }
        }
        files.sort(Comparator.comparing(FoundFile::path));
        skipped.sort(Comparator.comparing(SkippedFile::path));
        return new Listing(divided, files, skipped);
    }

    /**
     * Split folders are a train folder and another split, or splits only, which contain class folders. A class may be
     * called "test" among other classes.
     */
    private static boolean isDivided(List<Path> top) {
        List<Path> folders = top.stream()
                .filter(Files::isDirectory)
                .filter(path -> !isHidden(path))
                .toList();
        EnumSet<Split> splits = EnumSet.noneOf(Split.class);
        long named = folders.stream()
                .map(folder -> Split.ofFolder(name(folder)))
                .flatMap(Optional::stream)
                .peek(splits::add)
                .count();
        boolean areAll = named > 0 && named == folders.size();
        return (splits.contains(Split.TRAIN) && (splits.size() > 1 || areAll))
                || (areAll && folders.stream().allMatch(FolderReader::hasFoldersOnly));
    }

    private static boolean hasFoldersOnly(Path folder) {
        List<Path> children = children(folder);
        return !children.isEmpty() && children.stream().allMatch(Files::isDirectory);
    }

    private void readSplit(Path entry) {
        Optional<Split> split = Split.ofFolder(name(entry));
        if (isHidden(entry)) {
            skip(entry, "hidden");
        } else if (split.isEmpty() || !Files.isDirectory(entry)) {
            skip(entry, "not in the train, val or test folder");
        } else {
            children(entry).forEach(child -> readClass(child, split.get()));
        }
    }

    private void readClass(Path entry, Split split) {
        if (isHidden(entry)) {
            skip(entry, "hidden");
        } else if (leftOut.contains(entry)) {
            skip(entry, "no class");
        } else if (!Files.isDirectory(entry)) {
            skip(entry, "not in a class folder");
        } else {
            walk(entry, ClassName.ofFolder(name(entry)), split);
        }
    }

    private void walk(Path folder, String label, Split split) {
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new ClassVisitor(label, split));
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
            throw invalid("%s is a file. Give the folder that contains one folder per class.".formatted(folder));
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
        private final Split split;

        ClassVisitor(String label, Split split) {
            this.label = label;
            this.split = split;
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
                files.add(new FoundFile(file, relative(file), label, split));
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
