package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Erases images in all their forms: with and without position, blurred and not. */
final class ImageErasure {

    private final VersionStore versions;
    private final ItemStore items;
    private final Datasets.Learners learners;

    ImageErasure(Datasets.DatasetStores stores, Datasets.Learners learners) {
        this.versions = stores.versions();
        this.items = stores.items();
        this.learners = learners;
    }

    /** The model versions that learned from an image, in any of its forms. */
    List<String> learners(ContentHash image) {
        Set<ContentHash> forms = new LinkedHashSet<>(List.of(image));
        forms.addAll(twins(List.of(image)));
        return forms.stream()
                .flatMap(form -> learners.of(form).stream())
                .distinct()
                .toList();
    }

    List<ForgottenImage> erase(Collection<ContentHash> images, String author, String reason, Instant when) {
        if (reason.isBlank()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "Forgetting needs a reason, which stays as evidence. Set \"reason\".");
        }
        Set<ContentHash> forms = new LinkedHashSet<>(items.forms(images));
        Set<ContentHash> twins = twins(forms);
        images.stream().filter(image -> !twins.contains(image)).forEach(forms::add);
        List<VersionStore.Tombstone> tombstones = forms.stream()
                .map(image -> new VersionStore.Tombstone(image, when, author, reason, learners(image)))
                .toList();
        Map<ContentHash, List<String>> golden = learners.golden(forms);
        versions.forget(tombstones);
        learners.deleteCopies();
        return tombstones.stream()
                .map(each -> new ForgottenImage(each, golden.getOrDefault(each.image(), List.of())))
                .toList();
    }

    private Set<ContentHash> twins(Collection<ContentHash> images) {
        return items.stored(images).values().stream()
                .map(StoredImage::treatment)
                .flatMap(treatment -> treatment.twin().stream())
                .collect(Collectors.toSet());
    }
}
