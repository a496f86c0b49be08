package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.curation.VersionDiff.ChangeKind;
import dev.fovea.datasets.curation.VersionDiff.Changed;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeEntry;
import dev.fovea.datasets.tree.TreeReader;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The versions of curated data sets. Thread-safe. Every method that takes a name throws {@code DATASET_UNKNOWN} when
 * there is no such data set.
 */
public final class DatasetVersions {

    /** Images that are read at once. */
    private static final int PAGE = 500;

    /** Digits of an id; fewer would take the number of a version that is not there for an id. */
    private static final int SHORTEST = 6;

    private final Datasets datasets;
    private final Datasets.DatasetStores stores;

    DatasetVersions(Datasets datasets, Datasets.DatasetStores stores) {
        this.datasets = datasets;
        this.stores = stores;
    }

    /** Saves the present state as a version; the newest one when nothing changed since. */
    public SavedVersion commit(String name, String message, String author) {
        return stores.versions().commit(datasets.dataset(name), message, author);
    }

    /** Whether something changed since the newest version. */
    public boolean isChanged(String name) {
        return stores.versions().isChanged(datasets.dataset(name).id());
    }

    /** All versions, the newest first. */
    public List<SavedVersion> log(String name) {
        return stores.versions().log(datasets.dataset(name).id());
    }

    /**
     * A version of a data set.
     *
     * @param version 6 or more digits that its id begins with, its number, or {@code latest}
     */
    public SavedVersion version(String name, String version) {
        List<SavedVersion> found = log(name).stream()
                .filter(each -> (version.length() >= SHORTEST && each.id().startsWith(version))
                        || String.valueOf(each.number()).equals(version)
                        || version.equals("latest"))
                .toList();
        if (found.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_UNKNOWN,
                    "The data set \"%s\" has no version \"%s\". List its versions with: fovea data log %s"
                            .formatted(name, Printable.brief(version), name));
        }
        boolean ambiguous = found.stream().map(SavedVersion::id).distinct().count() > 1 && !version.equals("latest");
        Optional<SavedVersion> numbered = found.stream()
                .filter(each -> String.valueOf(each.number()).equals(version))
                .findFirst();
        if (ambiguous && numbered.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Several versions of \"%s\" begin with \"%s\". Use more digits."
                            .formatted(name, Printable.brief(version)));
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
            List<ChangeKind> kinds = difference.before().isEmpty()
                    ? List.of(ChangeKind.ADDED)
                    : difference.after().isEmpty()
                            ? List.of(ChangeKind.REMOVED)
                            : old.isEmpty() || current.isEmpty()
                                    ? List.of(ChangeKind.FORGOTTEN)
                                    : VersionDiff.kinds(old.get(), current.get());
            counter.count(new Changed(difference.image(), kinds, old, current));
        });
        return counter.diff(DesignChange.between(before, after));
    }

    /**
     * An image of a version.
     *
     * @param image with its bytes' place
     * @param source where it came from when it was added
     * @param state what the version says about it
     */
    public record VersionItem(StoredImage image, String source, ItemState state) {}

    /** Passes on the images of a version, without forgotten ones, ordered by hash. */
    public void forEach(String name, SavedVersion version, Consumer<VersionItem> consumer) {
        long dataset = datasets.dataset(name).id();
        List<TreeEntry> batch = new ArrayList<>();
        reader().forEach(version.root(), entry -> {
            batch.add(entry);
            if (batch.size() == PAGE) {
                pass(dataset, batch, consumer);
            }
        });
        pass(dataset, batch, consumer);
    }

    /** What the tree of a version holds; what is not known of forgotten images is not counted as labelled. */
    record TreeCounts(long items, long labelled, long forgotten) {}

    TreeCounts counts(SavedVersion version) {
        long[] counts = new long[3];
        reader().forEach(version.root(), entry -> {
            Optional<ItemState> state = entry.state().map(ItemState::read);
            counts[0]++;
            counts[1] += state.isPresent() && state.get().label().isPresent() ? 1 : 0;
            counts[2] += state.isEmpty() ? 1 : 0;
        });
        return new TreeCounts(counts[0], counts[1], counts[2]);
    }

    private void pass(long dataset, List<TreeEntry> batch, Consumer<VersionItem> consumer) {
        List<ContentHash> hashes = batch.stream().map(TreeEntry::image).toList();
        Map<ContentHash, StoredImage> images = stores.items().stored(hashes);
        Map<ContentHash, String> sources = stores.items().sources(dataset, hashes);
        for (TreeEntry entry : batch) {
            Optional<StoredImage> image = Optional.ofNullable(images.get(entry.image()));
            if (image.isPresent() && entry.state().isPresent()) {
                consumer.accept(new VersionItem(
                        image.get(),
                        sources.getOrDefault(entry.image(), entry.image().toString()),
                        ItemState.read(entry.state().get())));
            }
        }
        batch.clear();
    }

    private TreeReader reader() {
        return new TreeReader(stores.versions().nodes());
    }
}
