package dev.fovea.datasets.curation;

import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageStore;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Curated data sets: what the command line and the HTTP API do with them. Thread-safe. Every method that takes a name
 * throws {@code DATASET_UNKNOWN} when there is no such data set.
 */
public final class Datasets {

    /** Images that one transaction changes. */
    private static final int PAGE = 500;

    private final DatasetStores stores;
    private final Learners learners;
    private final ImageLimits limits;
    private final Clock clock;

    /** Where data sets are stored. */
    public record DatasetStores(DatasetCatalog catalog, ItemStore items, VersionStore versions, ImageStore images) {}

    /** Knows what became of images outside the data sets. */
    @FunctionalInterface
    public interface Learners {
        /** The model versions that learned from an image, as {@code shirts:3}. */
        List<String> of(ContentHash image);

        /**
         * The model versions, as {@code shirts:3}, with one of these images among the golden images of their bundle, by
         * image; versions whose bundle cannot be read may have any of them.
         */
        default Map<ContentHash, List<String>> golden(Collection<ContentHash> images) {
            return Map.of();
        }

        /** Deletes copies of images that were forgotten: files that were cut out of, folders written for jobs. */
        default void deleteCopies() {}
    }

    public Datasets(DatasetStores stores, Learners learners, ImageLimits limits, Clock clock) {
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
    public List<DatasetCatalog.DatasetSummary> list() {
        return stores.catalog().list();
    }

    /** A data set with its counts and newest version. */
    public DatasetCatalog.DatasetSummary summary(String name) {
        return stores.catalog().find(name).orElseThrow(() -> deletions().unknown(name));
    }

    /** A data set. */
    public Dataset dataset(String name) {
        return summary(name).dataset();
    }

    /** Sets the classes; {@code STATE_CONFLICT} when one that labels images is left out. */
    public Dataset classes(String name, List<ClassDefinition> classes) {
        return classes(name, _ -> classes);
    }

    /** Changes the classes, given those that are there; errors as of setting them. */
    public Dataset classes(String name, UnaryOperator<List<ClassDefinition>> change) {
        return stores.catalog().classes(dataset(name).id(), present -> {
            List<ClassDefinition> changed = change.apply(present);
            ClassDefinition.requireDistinct(changed);
            return changed;
        });
    }

    /** Sets what people are to answer about the images. */
    public Dataset question(String name, LabelQuestion question) {
        return stores.catalog().question(dataset(name).id(), question);
    }

    /** Gives a class another name, in its annotations as well; returns the number of images. */
    public int renameClass(String name, String from, String to, String author) {
        Dataset dataset = dataset(name);
        ClassDefinition renamed = dataset.requireClass(from).renamed(to);
        return stores.catalog().rename(dataset.id(), from, renamed.name(), author);
    }

    /**
     * Adds images. One that is there already gets the tags, and the annotation if it is another one. Classes that only
     * the annotations name are added to the data set.
     */
    public AddReport add(String name, DatasetIntake intake, AddOptions options, IngestProgress progress) {
        Dataset dataset = dataset(name);
        List<ClassDefinition> fresh = intake.classes().stream()
                .filter(each -> !dataset.labels().contains(each.name()))
                .toList();
        Dataset extended = fresh.isEmpty() ? dataset : classes(name, known -> ClassDefinition.union(known, fresh));
        return new ImageIntake(extended, stores, options, limits)
                .add(
                        intake.images(),
                        intake.total(),
                        new ParallelWork(Runtime.getRuntime().availableProcessors()),
                        progress)
                .with(fresh.stream().map(ClassDefinition::name).toList());
    }

    /** The same for images that were read already. */
    public AddReport add(String name, List<IncomingImage> incoming, AddOptions options, IngestProgress progress) {
        return add(name, DatasetIntake.of(incoming), options, progress);
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

    /** Images whose hash begins with 1 to 64 digits. */
    public List<ContentHash> startingWith(String name, String digits, int limit) {
        return stores.items().startingWith(dataset(name).id(), digits, limit);
    }

    /** An image of a data set, by its hash or that of the file it came from; {@code NOT_FOUND} when it has none. */
    public DatasetItem item(String name, ContentHash image) {
        return find(name, image)
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

    /** An image, if the data set has it, by its hash or that of the file it came from. */
    public Optional<DatasetItem> find(String name, ContentHash image) {
        long dataset = dataset(name).id();
        return stores.items()
                .find(dataset, image)
                .or(() -> Optional.ofNullable(
                                stores.items().twins(dataset, List.of(image)).get(image))
                        .flatMap(other -> stores.items().find(dataset, other.hash())));
    }

    /** All annotations of an image, the oldest first. */
    public List<ItemAnnotation> annotations(DatasetItem item) {
        return stores.items().annotations(item.id());
    }

    /** The model versions that learned from an image, in any of its forms. */
    public List<String> learners(ContentHash image) {
        return new ImageErasure(stores, learners).learners(image);
    }

    /** The bytes of an image. */
    public byte[] bytes(StoredImage image) {
        return stores.images().read(image);
    }

    /** Records an annotation. The label of the image is the one in force. */
    public ItemAnnotation annotate(String name, ContentHash image, NewAnnotation annotation, boolean inForce) {
        Dataset dataset = dataset(name);
        AnnotationCheck.requireAnnotator(annotation.annotator());
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
        return changeAll(name, images, change);
    }

    private int changeAll(String name, List<ContentHash> images, ItemChange change) {
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
        forEach(name, ItemFilter.ALL, item -> candidates.add(SplitPlan.Candidate.of(item, again)));
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        SplitPlan.bySplit(candidates, fractions, seed)
                .forEach((split, images) -> counts.put(split, changeAll(name, images, ItemChange.to(split))));
        return counts;
    }

    /** The versions of data sets. */
    public DatasetVersions versions() {
        return new DatasetVersions(this, stores);
    }

    /**
     * Erases images everywhere and in all forms: bytes, annotations, thumbnails and their states in all versions;
     * evidence remains. Files in place are the owner's and stay, and so do golden images in bundles.
     *
     * @param images their hashes, or those of the files they came from
     * @param reason kept as evidence; {@code ARGUMENT_INVALID} when it is blank
     */
    public List<ForgottenImage> forget(Collection<ContentHash> images, String author, String reason) {
        return new ImageErasure(stores, learners)
                .erase(images, author, reason, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** What was forgotten, the newest first. */
    public List<VersionStore.Tombstone> tombstones() {
        return stores.versions().tombstones();
    }

    /** Deletes data sets. */
    public DatasetDeletions deletions() {
        return new DatasetDeletions(this, stores.catalog(), learners, clock);
    }

    /** Reads every image and every node of every version again, and compares their hashes. */
    public VerifyReport verify(String name, IngestProgress progress) {
        return new Verification(this, stores).run(summary(name), progress);
    }
}
