package dev.fovea.datasets.catalog;

import dev.fovea.datasets.tree.ContentHash;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The images of data sets and their annotations. Implementations are thread-safe; each call is one transaction. */
public interface ItemStore {

    /**
     * What adding did.
     *
     * @param added number of images that are new in the data set
     * @param repeated number of images that were there already
     * @param relabelled those of these that have another label now
     */
    record Added(int added, int repeated, List<Relabelled> relabelled) {
        public Added {
            relabelled = List.copyOf(relabelled);
        }

        /** The sum of two. */
        public Added plus(Added other) {
            return new Added(
                    added + other.added,
                    repeated + other.repeated,
                    Stream.concat(relabelled.stream(), other.relabelled.stream())
                            .toList());
        }
    }

    /** An image that was there with another label. */
    record Relabelled(String source, String before, String after) {}

    /** Those of some images that are stored, in any data set. */
    Map<ContentHash, StoredImage> stored(Collection<ContentHash> hashes);

    /**
     * Images of a data set by the hash of their other form.
     *
     * @param hashes of {@link ImageTreatment#twin}
     */
    Map<ContentHash, StoredImage> twins(long dataset, Collection<ContentHash> hashes);

    /** The hashes of all stored forms of some images in any data set: with and without position, blurred and not. */
    List<ContentHash> forms(Collection<ContentHash> hashes);

    /** Those of some images that were forgotten, in any form, and may not come back. */
    List<ContentHash> forgotten(Collection<ContentHash> hashes);

    /** Adds images. One that is in the data set already gets the tags, and the annotation if it is another one. */
    Added add(long dataset, List<NewItem> items);

    /**
     * A page of images in the order of their ids.
     *
     * @param after id of the last image of the page before; 0 for the first page
     */
    List<DatasetItem> page(long dataset, ItemFilter filter, long after, int size);

    /** Some images; those that are not in the data set are left out. */
    List<DatasetItem> find(long dataset, Collection<ContentHash> hashes);

    /**
     * Images whose hash begins with some digits, in the order of their hashes.
     *
     * @param digits 1 to 64 hexadecimal digits in lower case
     */
    List<ContentHash> startingWith(long dataset, String digits, int limit);

    /** Where images of a data set came from, those that were removed from it as well. */
    Map<ContentHash, String> sources(long dataset, Collection<ContentHash> hashes);

    /** Changes images; returns the number of those that are in the data set. */
    int change(long dataset, Collection<ContentHash> hashes, ItemChange change);

    /** All annotations of an image, the oldest first. */
    List<ItemAnnotation> annotations(long item);

    /**
     * Records an annotation; the same client id again returns the first record.
     *
     * @param inForce whether it becomes the label of the image
     * @throws dev.fovea.fault.FoveaException {@code NOT_FOUND} when the image is not in the data set
     */
    ItemAnnotation annotate(long dataset, ContentHash image, NewAnnotation annotation, boolean inForce);

    /** Number of images by tag and value, with the derived tags; of each tag the most frequent 200 values. */
    SortedMap<String, SortedMap<String, Long>> tags(long dataset);

    /** The data sets that contain an image, with removed ones. */
    List<String> datasetsWith(ContentHash image);

    /** The item of an image that is labelled, for callers that need one. */
    default Optional<DatasetItem> find(long dataset, ContentHash image) {
        return find(dataset, List.of(image)).stream().findFirst();
    }
}
