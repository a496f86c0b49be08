package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files of a folder, listed once: images by name, and possible annotation files by their extension. */
public final class ImageIndex {

    private static final int DEEPEST = 32;
    private static final Set<String> IMAGE_FOLDERS = Set.of("images", "jpegimages", "image", "imgs", "img", "data");

    private final Path root;
    private final List<Path> images = new ArrayList<>();
    private final Map<String, List<Path>> byStem = new HashMap<>();
    private final Map<String, List<Path>> others = new TreeMap<>();

    private ImageIndex(Path root) {
        this.root = root;
    }

    /** Lists a folder, links followed, hidden files left alone; {@code DATASET_INVALID} when it cannot be read. */
    public static ImageIndex of(Path root) {
        ImageIndex index = new ImageIndex(root);
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !index.isHidden(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof FileSystemLoopException) {
                        return FileVisitResult.CONTINUE; // its files are listed where they are
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The folder %s cannot be read. Check the path and its permissions.".formatted(root),
                    e);
        }
        files.stream().sorted().forEach(index::add);
        return index;
    }

    private void add(Path file) {
        if (ImageFormat.looksLikeImage(file.toString())) {
            images.add(file);
            byStem.computeIfAbsent(stem(file), stem -> new ArrayList<>()).add(file);
        } else {
            others.computeIfAbsent(extension(file), extension -> new ArrayList<>())
                    .add(file);
        }
    }

    private boolean isHidden(Path file) {
        for (Path part : root.relativize(file)) {
            if (part.toString().length() > 1 && part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    public Path root() {
        return root;
    }

    /** All images, ordered by path. */
    public List<Path> images() {
        return images;
    }

    /** Files that are no images, by their extension in lower case without the dot, ordered by path. */
    public List<Path> files(String extension) {
        return others.getOrDefault(extension, List.of());
    }

    /** All images of a name without extension. */
    public List<Path> called(String stem) {
        return byStem.getOrDefault(stem, List.of());
    }

    /** The image of a name without extension that lies nearest to an annotation file. */
    public Optional<Path> nearest(String stem, Path annotations) {
        return byStem.getOrDefault(stem, List.of()).stream()
                .max(Comparator.comparingInt(image -> nearness(image, annotations)));
    }

    /**
     * The image that an annotation file names: by the longest end of its path that is there, then by nearness. A name
     * cannot lead out of the folder.
     */
    public Optional<Path> named(String fileName, Path annotations) {
        String[] parts = fileName.replace('\\', '/').split("/", -1);
        String name = parts[parts.length - 1];
        return byStem.getOrDefault(stem(name), List.of()).stream()
                .filter(image -> image.getFileName().toString().equalsIgnoreCase(name))
                .max(Comparator.<Path>comparingInt(image -> sameEnd(image, parts))
                        .thenComparing(image -> nearness(image, annotations)));
    }

    private static int sameEnd(Path image, String[] parts) {
        int same = 0;
        while (same < parts.length
                && same < image.getNameCount()
                && image.getName(image.getNameCount() - 1 - same).toString().equals(parts[parts.length - 1 - same])) {
            same++;
        }
        return same;
    }

    /**
     * The same folder is nearest; then shared parts of the path and the same split count, then what a folder is called.
     */
    private int nearness(Path image, Path annotations) {
        Path folder = image.resolveSibling("");
        Path annotationFolder = annotations.resolveSibling("");
        if (folder.equals(annotationFolder)) {
            return Integer.MAX_VALUE;
        }
        List<String> parts = parts(annotationFolder);
        List<String> own = parts(folder);
        int shared = (int) own.stream().filter(parts::contains).count();
        Split split = split(annotations);
        split = split == Split.UNASSIGNED ? splitOf(stem(annotations)).orElse(split) : split;
        int called = own.stream().anyMatch(IMAGE_FOLDERS::contains) ? 1 : 0;
        int masks = own.stream().anyMatch(part -> part.matches(".*(mask|seg|thumb).*")) ? 1 : 0;
        return 4 * shared + (split == split(image) ? 3 : 0) + called - masks;
    }

    private List<String> parts(Path folder) {
        List<String> parts = new ArrayList<>();
        root.relativize(folder).forEach(part -> parts.add(part.toString().toLowerCase(Locale.ROOT)));
        return parts;
    }

    /** The split named by the innermost folder above a file, {@code val2017} included. */
    public Split split(Path file) {
        Split split = Split.UNASSIGNED;
        for (Path part : root.relativize(file.getParent())) {
            split = splitOf(part.toString()).orElse(split);
        }
        return split;
    }

    /** The split of a name: {@code train}, {@code valid}, {@code val2017}, {@code instances_train2017}. */
    public static Optional<Split> splitOf(String name) {
        for (String word : name.split("[^A-Za-z0-9]+")) {
            Optional<Split> split = Split.ofFolder(word.replaceFirst("\\d+$", ""));
            if (split.isPresent()) {
                return split;
            }
        }
        return Optional.empty();
    }

    /** A path relative to the folder, for messages. */
    public String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    public static String stem(Path file) {
        return stem(file.getFileName().toString());
    }

    /** A string that need not be a path: foreign files name images by any characters. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
