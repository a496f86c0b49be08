package dev.fovea.datasets.formats;

import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A multi-label data set. Sources are a table with a 0/1 column per label, or with several labels or rows per image.
 * Boxes give the classes in the image; folders per label may share images.
 *
 * @param entries by image; one image may have several entries
 * @param notes the interpretation of the folder, each a sentence
 */
public record LabelSets(List<LabelSet> entries, List<String> notes) {

    /**
     * Some labels of an image.
     *
     * @param labels as the model calls them; empty for an image that shows none
     */
    public record LabelSet(Path image, Set<String> labels, Split split) {
        public LabelSet {
            labels = Set.copyOf(labels);
        }
    }

    public LabelSets {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /**
     * Reads a folder; labels that the model does not know are left out.
     *
     * @param labels of the model
     * @throws dev.fovea.fault.FoveaException {@code DATASET_INVALID} as {@link DetectionFolder#read} and
     *     {@link FolderReader#read} do
     */
    public static LabelSets read(Path folder, List<String> labels) {
        FolderReader.requireReadable(folder);
        ImageIndex index = ImageIndex.of(folder);
        Optional<LabelSets> table = LabelTable.sets(index, labels);
        if (table.isPresent()) {
            return table.get();
        }
        return DetectionFolder.recognise(index).isPresent() ? boxes(folder, labels) : folders(folder, labels);
    }

    private static LabelSets boxes(Path folder, List<String> labels) {
        DetectionFolder boxes = DetectionFolder.read(folder, labels);
        return new LabelSets(
                boxes.entries().stream()
                        .map(entry ->
                                new LabelSet(entry.labelled().image(), shown(entry.labelled(), labels), entry.split()))
                        .toList(),
                Stream.concat(
                                Stream.of(boxes.sentence() + " An image shows the labels that it has boxes of."),
                                boxes.findings().sentences().stream())
                        .toList());
    }

    /** Crowds and objects that are hard to see are shown, too. */
    private static Set<String> shown(LabelledBoxes image, List<String> labels) {
        return Stream.concat(
                        image.boxes().stream().map(box -> labels.get(box.label())),
                        image.ignored().stream().map(region -> labels.get(region.label())))
                .collect(Collectors.toSet());
    }

    private static LabelSets folders(Path folder, List<String> labels) {
        List<LabelSet> entries = new ArrayList<>();
        FolderReader.read(folder).files().stream()
                .filter(file -> ImageFormat.looksLikeImage(file.path()) && labels.contains(file.label()))
                .forEach(file -> entries.add(new LabelSet(file.file(), Set.of(file.label()), file.split())));
        return new LabelSets(
                entries,
                List.of(
                        "An image shows the label of its folder; the same image in several folders shows all of them."));
    }
}
