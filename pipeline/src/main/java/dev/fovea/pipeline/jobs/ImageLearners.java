package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the model versions that learned from an image, by the image list of their lineage, and those that have it among
 * their golden images.
 */
public final class ImageLearners implements Datasets.Learners {

    private final Registry registry;
    private final DatasetStore versions;
    private final BundleStore bundles;
    private final Runnable copies;

    /** @param copies deletes copies of images outside the stores */
    public ImageLearners(Registry registry, DatasetStore versions, BundleStore bundles, Runnable copies) {
        this.registry = registry;
        this.versions = versions;
        this.bundles = bundles;
        this.copies = copies;
    }

    @Override
    public void deleteCopies() {
        copies.run();
    }

    @Override
    public List<String> of(ContentHash image) {
        String hash = image.toString();
        Map<String, Set<String>> learned = new HashMap<>();
        return registry.models().stream()
                .flatMap(model -> model.versions().stream())
                .filter(version -> !version.lineage().dataset().isEmpty())
                .filter(version -> learned.computeIfAbsent(version.lineage().dataset(), this::learned)
                        .contains(hash))
                .map(version -> version.id().toString())
                .toList();
    }

    /** Test images were not learned from. */
    private Set<String> learned(String id) {
        return versions.find(id).stream()
                .flatMap(version -> version.items().stream())
                .filter(item -> item.split() != Split.TEST)
                .map(DatasetVersion.Item::contentHash)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<ContentHash, List<String>> golden(Collection<ContentHash> images) {
        Map<ContentHash, List<String>> golden = new HashMap<>();
        registry.models().stream()
                .flatMap(model -> model.versions().stream())
                .forEach(version -> images.stream()
                        .filter(golden(version.bundleId()))
                        .forEach(image -> golden.computeIfAbsent(image, _ -> new ArrayList<>())
                                .add(version.id().toString())));
        return golden;
    }

    /** Whether an image may be golden in a bundle. */
    private Predicate<ContentHash> golden(String bundle) {
        try {
            Set<String> hashes = Set.copyOf(bundles.manifest(bundle).goldenHashes());
            return image -> hashes.contains(image.toString());
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.BUNDLE_CORRUPT) {
                throw e;
            }
            return _ -> true;
        }
    }
}
