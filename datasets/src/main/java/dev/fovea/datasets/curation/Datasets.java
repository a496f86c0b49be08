package dev.fovea.datasets.curation;

import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.Annotation;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageStore;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.curation.VersionDiff.Change;
import dev.fovea.datasets.curation.VersionDiff.Changed;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeEntry;
import dev.fovea.datasets.tree.TreeReader;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Curated data sets: what the command line and the HTTP API do with them. Thread-safe. Every method that takes a name
 * throws {@code DATASET_UNKNOWN} when there is no such data set.
 */
public final class Datasets {

    /** Images that one transaction changes. */
    private static final int PAGE = 500;

    private final Stores stores;
    private final Learners learners;
    private final ImageLimits limits;
    private final Clock clock;

    /** Where data sets are stored. */
    public record Stores(DatasetCatalog catalog, ItemStore items, VersionStore versions, ImageStore images) {}

    /** Knows what learned from images. */
    @FunctionalInterface
    public interface Learners {
        /** The model versions that learned from an image, as {@code shirts:3}. */
        List<String> of(ContentHash image);
    }

    public Datasets(Stores stores, Learners learners, ImageLimits limits, Clock clock) {
        this.stores = stores;
        this.learners = learners;
        this.limits = limits;
        this.clock = clock;
    }

    /** Creates an empty data set; {@code STATE_CONFLICT} when the name is taken. */
    public Dataset create(String name, ImageTask task, List<ClassDefinition> classes, String author) {
        ClassDefinition.requireDistinct(classes);
        return stores.catalog().create(Dataset.requireName(name), task, classes, author);
    }

    /** All data sets by name. */
    public List<DatasetCatalog.Summary> list() {
        return stores.catalog().list();
    }

    /** A data set with its counts and newest version. */
    public DatasetCatalog.Summary summary(String name) {
        return stores.catalog()
                .find(name)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.DATASET_UNKNOWN,
                        "There is no data set \"%s\". List them with: fovea data list"
                                .formatted(dev.fovea.fault.Printable.word(name))));
    }

    /** A data set. */
    public Dataset dataset(String name) {
        return summary(name).dataset();
    }

    /** Sets the classes; {@code STATE_CONFLICT} when one that labels images is left out. */
    public Dataset classes(String name, List<ClassDefinition> classes) {
        ClassDefinition.requireDistinct(classes);
        return stores.catalog().classes(dataset(name).id(), classes);
    }

    /** Gives a class another name, in its annotations as well; returns the number of images. */
    public int renameClass(String name, String from, String to, String author) {
        Dataset dataset = dataset(name);
        if (!dataset.labels().contains(from)) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND,
                    "The data set \"%s\" has no class \"%s\"; it has %s."
                            .formatted(name, from, String.join(", ", dataset.labels())));
        }
        return stores.catalog()
                .rename(dataset.id(), from, ClassDefinition.named(to).name(), author);
    }

    /**
     * Adds images. One that is there already gets the tags, and the annotation if it is another one. Classes that only
     * the annotations name are added to the data set.
     *
     * @param inPlace whether files stay where they are instead of being copied into the home
     */
    public AddReport add(String name, List<IncomingImage> incoming, boolean inPlace, IngestProgress progress) {
        Dataset dataset = dataset(name);
        List<String> fresh = incoming.stream()
                .map(IncomingImage::label)
                .flatMap(Optional::stream)
                .map(AnnotationValue::classes)
                .flatMap(List::stream)
                .distinct()
                .filter(label -> !dataset.labels().contains(label))
                .sorted()
                .toList();
        Dataset extended = dataset;
        if (!fresh.isEmpty()) {
            List<ClassDefinition> classes = new ArrayList<>(dataset.classes());
            fresh.forEach(label -> classes.add(ClassDefinition.named(label)));
            extended = stores.catalog().classes(dataset.id(), classes);
        }
        AddReport report = new ImageIntake(extended, stores, inPlace, limits)
                .add(incoming, new ParallelWork(Runtime.getRuntime().availableProcessors()), progress);
        return new AddReport(report.counts(), fresh, report.refused());
    }

    /** A page of images in the order in which they were added. */
    public List<DatasetItem> page(String name, ItemFilter filter, long after, int size) {
        return stores.items().page(dataset(name).id(), filter, after, size);
    }

    /** Passes on all images of the present state that match. */
    public void forEach(String name, ItemFilter filter, Consumer<DatasetItem> consumer) {
        long dataset = dataset(name).id();
        long after = 0;
        List<DatasetItem> page;
        do {
            page = stores.items().page(dataset, filter, after, PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE);
    }

    /** An image of a data set; {@code NOT_FOUND} when it has no such image. */
    public DatasetItem item(String name, ContentHash image) {
        return stores.items()
                .find(dataset(name).id(), image)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        stores.versions()
                                .tombstone(image)
                                .map(tombstone -> "The image %s was forgotten on request on %s."
                                        .formatted(image, tombstone.forgotten()))
                                .orElse("The data set \"%s\" has no image %s. Check the hash."
                                        .formatted(name, image))));
    }

    /** Number of images by tag and value, with the derived tags. */
    public SortedMap<String, SortedMap<String, Long>> tags(String name) {
        return stores.items().tags(dataset(name).id());
    }

    /** All annotations of an image, the oldest first. */
    public List<Annotation> annotations(DatasetItem item) {
        return stores.items().annotations(item.id());
    }

    /** The model versions that learned from an image. */
    public List<String> learners(ContentHash image) {
        return learners.of(image);
    }

    /** The bytes of an image. */
    public byte[] bytes(StoredImage image) {
        return stores.images().read(image);
    }

    /** Records an annotation. The label of the image is the one in force. */
    public Annotation annotate(String name, ContentHash image, NewAnnotation annotation, boolean inForce) {
        Dataset dataset = dataset(name);
        if (annotation.annotator().isBlank()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "An annotation needs the name of its annotator. Set \"annotator\".");
        }
        requireFits(dataset, image, annotation.value());
        return stores.items().annotate(dataset.id(), image, annotation, inForce);
    }

    /** {@code ANNOTATION_INVALID} when a value is not one of an image; {@code NOT_FOUND} without the image. */
    public void requireFits(Dataset dataset, ContentHash image, AnnotationValue value) {
        dataset.requireFits(value);
        AnnotationCheck.requireInside(item(dataset.name(), image).image().size(), value);
    }

    /** Changes some images; returns how many of them are in the data set. */
    public int change(String name, Collection<ContentHash> images, ItemChange change) {
        change.tags().keySet().forEach(tag -> new ItemFilter.Tag(tag, "").requireSettable());
        return stores.items().change(dataset(name).id(), images, change);
    }

    /** Changes all images that match; returns their number. */
    public int change(String name, ItemFilter filter, ItemChange change) {
        List<ContentHash> images = new ArrayList<>();
        forEach(name, filter, item -> images.add(item.image().hash()));
        for (int from = 0; from < images.size(); from += PAGE) {
            int _ = change(name, images.subList(from, Math.min(from + PAGE, images.size())), change);
        }
        return images.size();
    }

    /**
     * Assigns images without a split, stratified by class; groups and near duplicates stay together.
     *
     * @param again whether images that have a split are assigned anew
     * @return numbers of images by split that were assigned
     */
    public Map<Split, Integer> split(String name, Fractions fractions, long seed, boolean again) {
        List<SplitPlan.Candidate> candidates = new ArrayList<>();
        forEach(name, ItemFilter.ALL, item -> {
            SplitPlan.Candidate candidate = SplitPlan.Candidate.of(item);
            candidates.add(
                    again
                            ? new SplitPlan.Candidate(
                                    candidate.hash(),
                                    Split.UNASSIGNED,
                                    candidate.group(),
                                    candidate.label(),
                                    candidate.perceptualHash())
                            : candidate);
        });
        Map<Split, List<ContentHash>> bySplit = new HashMap<>();
        SplitPlan.of(candidates, fractions, seed)
                .forEach((image, split) ->
                        bySplit.computeIfAbsent(split, _ -> new ArrayList<>()).add(image));
        Map<Split, Integer> counts = new java.util.EnumMap<>(Split.class);
        bySplit.forEach((split, images) -> {
            counts.put(split, images.size());
            for (int from = 0; from < images.size(); from += PAGE) {
                int _ = change(name, images.subList(from, Math.min(from + PAGE, images.size())), ItemChange.to(split));
            }
        });
        return counts;
    }

    /** Saves the present state as a version; the newest one when nothing changed since. */
    public SavedVersion commit(String name, String message, String author) {
        return stores.versions().commit(dataset(name), message, author);
    }

    /** Whether something changed since the newest version. */
    public boolean isChanged(String name) {
        return stores.versions().isChanged(dataset(name).id());
    }

    /** All versions, the newest first. */
    public List<SavedVersion> log(String name) {
        return stores.versions().log(dataset(name).id());
    }

    /**
     * A version of a data set.
     *
     * @param version digits that its id begins with, its number, or {@code latest}
     */
    public SavedVersion version(String name, String version) {
        List<SavedVersion> found = log(name).stream()
                .filter(each -> each.id().startsWith(version)
                        || String.valueOf(each.number()).equals(version)
                        || version.equals("latest"))
                .toList();
        if (found.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_UNKNOWN,
                    "The data set \"%s\" has no version \"%s\". List its versions with: fovea data log %s"
                            .formatted(name, dev.fovea.fault.Printable.word(version), name));
        }
        boolean ambiguous = found.stream().map(SavedVersion::id).distinct().count() > 1 && !version.equals("latest");
        Optional<SavedVersion> numbered = found.stream()
                .filter(each -> String.valueOf(each.number()).equals(version))
                .findFirst();
        if (ambiguous && numbered.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Several versions of \"%s\" begin with \"%s\". Use more digits.".formatted(name, version));
        }
        return numbered.orElse(found.getFirst());
    }

    /** How two versions differ, with the first images that do. */
    public VersionDiff diff(SavedVersion before, SavedVersion after, int mostChanges) {
        VersionDiff.Counter counter = new VersionDiff.Counter(mostChanges);
        reader().differences(Optional.of(before.root()), Optional.of(after.root()), difference -> {
            Optional<ItemState> old =
                    difference.before().flatMap(TreeEntry::state).map(ItemState::read);
            Optional<ItemState> current =
                    difference.after().flatMap(TreeEntry::state).map(ItemState::read);
            List<Change> kinds = difference.before().isEmpty()
                    ? List.of(Change.ADDED)
                    : difference.after().isEmpty()
                            ? List.of(Change.REMOVED)
                            : old.isEmpty() || current.isEmpty()
                                    ? List.of(Change.FORGOTTEN)
                                    : VersionDiff.kinds(old.get(), current.get());
            counter.count(new Changed(difference.image(), kinds, old, current));
        });
        return counter.diff();
    }

    /** An image of a version, with its bytes' place. */
    public record VersionItem(StoredImage image, ItemState state) {}

    /** Passes on the images of a version, without forgotten ones, ordered by hash. */
    public void forEach(SavedVersion version, Consumer<VersionItem> consumer) {
        List<TreeEntry> batch = new ArrayList<>();
        reader().forEach(version.root(), entry -> {
            batch.add(entry);
            if (batch.size() == PAGE) {
                pass(batch, consumer);
            }
        });
        pass(batch, consumer);
    }

    private void pass(List<TreeEntry> batch, Consumer<VersionItem> consumer) {
        Map<ContentHash, StoredImage> images =
                stores.items().stored(batch.stream().map(TreeEntry::image).toList());
        for (TreeEntry entry : batch) {
            Optional<StoredImage> image = Optional.ofNullable(images.get(entry.image()));
            if (image.isPresent() && entry.state().isPresent()) {
                consumer.accept(new VersionItem(
                        image.get(), ItemState.read(entry.state().get())));
            }
        }
        batch.clear();
    }

    private TreeReader reader() {
        return new TreeReader(stores.versions().nodes());
    }

    /**
     * Erases images everywhere: bytes, annotations, thumbnails and their states in all versions; evidence remains.
     * Files in place are the owner's and stay.
     */
    public List<VersionStore.Tombstone> forget(Collection<ContentHash> images, String author, String reason) {
        List<VersionStore.Tombstone> tombstones = images.stream()
                .map(image -> new VersionStore.Tombstone(
                        image, clock.instant().truncatedTo(ChronoUnit.MICROS), author, reason, learners.of(image)))
                .toList();
        stores.versions().forget(tombstones);
        return tombstones;
    }

    /** What was forgotten, the newest first. */
    public List<VersionStore.Tombstone> tombstones() {
        return stores.versions().tombstones();
    }

    /**
     * Reads every image and every node of every version again, and compares their hashes.
     *
     * @param progress of images
     */
    public VerifyReport verify(String name, IngestProgress progress) {
        return new Verification(this, stores).run(summary(name), progress);
    }
}
