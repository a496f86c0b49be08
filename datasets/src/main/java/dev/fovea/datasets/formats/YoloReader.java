package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.Annotated.Frame;
import dev.fovea.datasets.formats.DetectionFindings.Counter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * YOLO label files: {@code images/} and {@code labels/} with or without split folders, Roboflow's {@code train/images}
 * and {@code train/labels}, or in the folder of its image. An image in a folder of labelled ones that has no label file
 * shows nothing.
 */
public final class YoloReader implements AnnotationReader {

    private static final int TRIED = 20;

    private final ImageIndex index;
    private final boolean outlines;
    private final YoloNames names;
    private final List<Path> folders;
    private final List<Path> passedOver = new ArrayList<>();
    private final Map<Path, List<Path>> byFolder;

    private YoloReader(ImageIndex index, Map<Path, List<Path>> byFolder, boolean outlines) {
        this.index = index;
        this.outlines = outlines;
        this.byFolder = byFolder;
        this.names = YoloNames.of(index);
        this.folders = selected();
    }

    /** Recognises a folder by its text files; boxes take precedence over outlines. */
    public static Optional<YoloReader> of(ImageIndex index) {
        return of(index, false);
    }

    /**
     * Recognises a folder by its text files.
     *
     * @param outlines whether outlines take precedence over boxes where there are both for the same images
     */
    public static Optional<YoloReader> of(ImageIndex index, boolean outlines) {
        Map<Path, List<Path>> byFolder = new TreeMap<>();
        for (Path file : index.files("txt")) {
            if (!YoloNames.isList(file) && !ImageLists.isList(file)) {
                byFolder.computeIfAbsent(file.getParent(), folder -> new ArrayList<>())
                        .add(file);
            }
        }
        byFolder.values().removeIf(files -> !isLabels(index, files));
        return byFolder.isEmpty() ? Optional.empty() : Optional.of(new YoloReader(index, byFolder, outlines));
    }

    private static boolean isLabels(ImageIndex index, List<Path> files) {
        long paired = files.stream()
                .filter(file -> index.nearest(ImageIndex.stem(file), file).isPresent())
                .count();
        boolean called = files.getFirst().resolveSibling("").toString().matches("(?i).*\\blabels\\b.*");
        return paired > 0
                && (called || 2 * paired >= files.size())
                && firstLines(files).stream().allMatch(line -> YoloLabels.fits(line, !called))
                && (called || !firstLines(files).isEmpty());
    }

    private static List<String> firstLines(List<Path> files) {
        return files.stream()
                .limit(TRIED)
                .flatMap(file -> YoloLabels.lines(file).stream()
                        .filter(line -> !line.isBlank())
                        .limit(1))
                .toList();
    }

    /** Label folders, one for the same images. */
    private List<Path> selected() {
        List<Path> ranked = byFolder.keySet().stream()
                .sorted(Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder()))
                .toList();
        Set<Path> covered = new HashSet<>();
        List<Path> selected = new ArrayList<>();
        for (Path folder : ranked) {
            List<Path> images = byFolder.getOrDefault(folder, List.of()).stream()
                    .flatMap(file -> index.nearest(ImageIndex.stem(file), file).stream())
                    .toList();
            if (2 * images.stream().filter(covered::contains).count() > images.size()) {
                passedOver.add(folder);
            } else {
                selected.add(folder);
                covered.addAll(images);
            }
        }
        return selected;
    }

    private int rank(Path folder) {
        boolean called = index.relative(folder).matches("(?i).*\\blabels\\b.*");
        boolean boxes = firstLines(byFolder.getOrDefault(folder, List.of())).stream()
                .allMatch(line -> line.strip().split("\\s+").length == 5);
        return (called ? 0 : 2) + (boxes == outlines ? 1 : 0);
    }

    @Override
    public DetectionFormat format() {
        return DetectionFormat.YOLO;
    }

    @Override
    public List<String> classes() {
        return names.names();
    }

    @Override
    public boolean named() {
        return !names.names().isEmpty();
    }

    /** An image and its label file; an image without one is in a folder of labelled images. */
    public record YoloItem(Path image, Split split, Optional<Path> labels) {}

    /** Folders that contain other labels of the same images, which are not read. */
    public List<Path> passedOver() {
        return List.copyOf(passedOver);
    }

    /** The declaration of classes and splits. */
    public YoloNames declaration() {
        return names;
    }

    /**
     * The images in folders of labelled ones, ordered by path.
     *
     * @param missing takes each label file without an image
     */
    public List<YoloItem> items(Consumer<Path> missing) {
        Map<Path, Path> labels = new LinkedHashMap<>();
        Set<Path> imageFolders = new HashSet<>();
        for (Path folder : folders) {
            for (Path file : byFolder.getOrDefault(folder, List.of())) {
                Optional<Path> image = index.nearest(ImageIndex.stem(file), file);
                if (image.isEmpty()) {
                    missing.accept(file);
                } else {
                    labels.put(image.get(), file);
                    imageFolders.add(image.get().getParent());
                }
            }
        }
        Map<Path, Split> splits = new HashMap<>(ImageLists.splits(index, names));
        return index.images().stream()
                .filter(image -> imageFolders.contains(image.getParent()))
                .map(image -> new YoloItem(
                        image, splits.getOrDefault(image, index.split(image)), Optional.ofNullable(labels.get(image))))
                .toList();
    }

    @Override
    public List<Annotated> read(Counter counter) {
        passedOver.forEach(folder -> counter.note(
                "%s contains other labels of the same images and was not read.".formatted(index.relative(folder))));
        return items(file -> counter.missing(file.toString())).stream()
                .map(item -> new Annotated(
                        item.image(),
                        item.split(),
                        new Frame.Shares(),
                        item.labels()
                                .map(file -> new YoloLabels(file, names.names(), names.pose()).read())
                                .orElse(List.of())))
                .toList();
    }
}
