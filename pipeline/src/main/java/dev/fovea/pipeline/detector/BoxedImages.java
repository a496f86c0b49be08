package dev.fovea.pipeline.detector;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.Ingest;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.Splitter;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The images that a detector learns from and is judged with.
 *
 * @param folder that paths are relative to
 * @param labels the classes that some box is of, in the data set's order
 * @param version the images by split; the label of one is the rarest class that it shows, or {@value #NOTHING}
 * @param report of the ingest
 * @param boxes what an image shows, by its path
 */
record BoxedImages(
        Path folder,
        List<String> labels,
        DatasetVersion version,
        IngestReport report,
        Map<String, LabelledBoxes> boxes) {

    /** Stands for the classes of an image without boxes. */
    static final String NOTHING = "nothing";

    private static final long SPLIT_SEED = 1;

    /** Fewer objects of a class than this are learned, but said. */
    private static final int FEW = 10;

    /**
     * Reads and divides a folder.
     *
     * @param split stated fractions, where the folder does not divide its images
     * @throws FoveaException {@code DATASET_INVALID}, also without boxes
     */
    static BoxedImages read(Path folder, Optional<Fractions> split, DetectorListener listener) {
        List<String> stated = DetectionFolder.classes(folder);
        DetectionFolder found = DetectionFolder.read(folder, stated);
        listener.note(found.sentence());
        found.findings().sentences().forEach(listener::note);
        Map<Integer, Integer> counts = new TreeMap<>();
        found.images().forEach(image -> image.boxes().forEach(box -> counts.merge(box.label(), 1, Integer::sum)));
        if (counts.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s has %,d images and no box to learn from. Draw boxes around objects, or train a classifier on a folder per class."
                            .formatted(folder, found.images().size()));
        }
        List<Integer> kept = List.copyOf(counts.keySet());
        List<String> labels = kept.stream().map(stated::get).toList();
        if (kept.size() < stated.size()) {
            listener.note("No box is of these classes, which are left out: %s."
                    .formatted(IntStream.range(0, stated.size())
                            .filter(label -> !counts.containsKey(label))
                            .mapToObj(stated::get)
                            .collect(Collectors.joining(", "))));
        }
        Map<String, LabelledBoxes> boxes = new HashMap<>();
        List<FoundFile> files = new ArrayList<>();
        for (DetectionFolder.DetectionItem item : found.entries()) {
            LabelledBoxes renumbered = renumbered(item.labelled(), kept);
            String path = path(folder, renumbered.image());
            boxes.put(path, renumbered);
            files.add(new FoundFile(renumbered.image(), path, stratum(renumbered, labels, counts, kept), item.split()));
        }
        Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT)
                .runOneKind(
                        folder,
                        new FolderReader.Listing(
                                files.stream().anyMatch(file -> file.split() != Split.UNASSIGNED), files, List.of()),
                        (done, total) -> listener.at("ingest", done, total, done + " of " + total + " images"));
        DatasetVersion divided = divided(ingested.version(), split.orElse(Fractions.DEFAULT));
        BoxedImages images =
                new BoxedImages(folder, labels, divided, ingested.report().on(divided), boxes);
        images.requireEnough();
        images.scarce().ifPresent(listener::note);
        return images;
    }

    private static LabelledBoxes renumbered(LabelledBoxes image, List<Integer> kept) {
        return new LabelledBoxes(
                image.image(),
                image.size(),
                image.boxes().stream()
                        .map(box -> new LabelledBox(kept.indexOf(box.label()), box.box()))
                        .toList(),
                image.ignored());
    }

    private static String path(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** Images of rare classes are to be in every split. */
    private static String stratum(
            LabelledBoxes image, List<String> labels, Map<Integer, Integer> counts, List<Integer> kept) {
        return image.boxes().stream()
                .map(LabelledBox::label)
                .min(Comparator.<Integer>comparingInt(label -> Objects.requireNonNull(counts.get(kept.get(label))))
                        .thenComparing(Comparator.naturalOrder()))
                .map(labels::get)
                .orElse(NOTHING);
    }

    /** Splits that the folder does not have are taken from what it has. */
    private static DatasetVersion divided(DatasetVersion version, Fractions wanted) {
        if (!version.on(Split.UNASSIGNED).isEmpty()) {
            return Splitter.divide(version, Split.UNASSIGNED, wanted, SPLIT_SEED);
        }
        double test = version.on(Split.TEST).isEmpty() ? wanted.test() : 0;
        double validation = version.on(Split.VALIDATION).isEmpty() ? wanted.validation() : 0;
        double all = wanted.train() + validation + test;
        return test + validation == 0
                ? version
                : Splitter.divide(
                        version,
                        Split.TRAIN,
                        new Fractions(1 - (validation + test) / all, validation / all, test / all),
                        SPLIT_SEED);
    }

    /** The images of a split with their boxes. */
    List<LabelledBoxes> on(Split split) {
        return version.on(split).stream().map(this::boxes).toList();
    }

    LabelledBoxes boxes(Item item) {
        return Objects.requireNonNull(boxes.get(item.path()));
    }

    /** The file of an image. */
    Path file(Item item) {
        return folder.resolve(item.path());
    }

    /** A hash of all boxes and classes, which the id of the image list does not cover. */
    String boxesHash() {
        String text = labels
                + version.items().stream()
                        .map(item -> item.contentHash()
                                + boxes(item).boxes()
                                + boxes(item).ignored())
                        .sorted()
                        .collect(Collectors.joining("\n"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireEnough() {
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
            if (on(split).stream().allMatch(image -> image.boxes().isEmpty())) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "%s has %,d different images, and none with boxes to use as %s images. Add images with boxes: some dozens at least."
                                .formatted(folder, version.items().size(), split.label()));
            }
        }
    }

    /** Classes that are hardly learned. */
    private Optional<String> scarce() {
        Map<Integer, Integer> counts = new TreeMap<>();
        on(Split.TRAIN).forEach(image -> image.boxes().forEach(box -> counts.merge(box.label(), 1, Integer::sum)));
        String few = IntStream.range(0, labels.size())
                .filter(label -> counts.getOrDefault(label, 0) < FEW)
                .mapToObj(label -> "%s (%d)".formatted(labels.get(label), counts.getOrDefault(label, 0)))
                .collect(Collectors.joining(", "));
        return few.isEmpty()
                ? Optional.empty()
                : Optional.of("These classes have fewer than %d boxes to learn from, and will hardly be found: %s."
                        .formatted(FEW, few));
    }
}
