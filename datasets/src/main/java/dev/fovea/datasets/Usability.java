package dev.fovea.datasets;

import dev.fovea.datasets.Examined.InvalidImage;
import dev.fovea.datasets.Examined.Usable;
import dev.fovea.datasets.FolderReader.Listing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Minimum requirements for a training folder. Violations are {@code DATASET_INVALID} and name the remedy. */
final class Usability {

    private static final int MIN_PER_CLASS = 2;

    private final Path folder;

    Usability(Path folder) {
        this.folder = folder;
    }

    void requireFiles(Listing listing) {
        if (listing.files().isEmpty()) {
            throw FolderReader.invalid(
                    "The folder %s has no images in class folders. Put the images of each class into a folder named like the class."
                            .formatted(folder));
        }
    }

    void requireImages(List<Examined> validated) {
        if (validated.stream().anyMatch(Usable.class::isInstance)) {
            return;
        }
        Optional<InvalidImage> example = validated.stream()
                .filter(InvalidImage.class::isInstance)
                .map(InvalidImage.class::cast)
                .findFirst();
        throw FolderReader.invalid(example.map(refused -> "None of the %d files in %s decodes; the first, %s: %s (%s)"
                        .formatted(validated.size(), folder, refused.found().path(), refused.message(), refused.code()))
                .orElse(
                        "None of the %d files in %s is an image. Put JPEG, PNG, WebP, BMP, TIFF, GIF or PPM files into the class folders."
                                .formatted(validated.size(), folder)));
    }

    /** Counts what training would see: the train folder of a divided tree, otherwise everything. */
    void requireClasses(Listing listing, Deduplication deduplication) {
        Split learning = listing.divided() ? Split.TRAIN : Split.UNASSIGNED;
        Map<String, Integer> counts = new TreeMap<>();
        listing.files().forEach(file -> counts.putIfAbsent(file.label(), 0));
        deduplication.kept().stream()
                .filter(item -> item.split() == learning)
                .forEach(item -> counts.merge(item.label(), 1, Integer::sum));
        if (counts.size() < 2) {
            throw FolderReader.invalid(
                    "The folder %s has one class only, %s. A classifier needs two or more: add a folder for each further class."
                            .formatted(folder, new TreeSet<>(counts.keySet())));
        }
        counts.forEach((label, count) -> requireEnough(label, count, listing, deduplication));
    }

    private void requireEnough(String label, int count, Listing listing, Deduplication deduplication) {
        if (count < MIN_PER_CLASS) {
            long files = listing.files().stream()
                    .filter(file -> file.label().equals(label))
                    .count();
            throw FolderReader.invalid(
                    "The class %s in %s has %d usable image%s%s after deduplication, of %d file%s; %d or more are needed.%s Add images, or remove the class folder."
                            .formatted(
                                    label,
                                    folder,
                                    count,
                                    count == 1 ? "" : "s",
                                    listing.divided() ? " to train from" : "",
                                    files,
                                    files == 1 ? "" : "s",
                                    MIN_PER_CLASS,
                                    conflict(label, deduplication)));
        }
    }

    /** An image that was dropped because it bears this label and another. */
    private static String conflict(String label, Deduplication deduplication) {
        return deduplication.exactDuplicates().stream()
                .filter(IngestReport.Group::conflicting)
                .map(IngestReport.Group::members)
                .filter(members ->
                        members.stream().anyMatch(member -> member.label().equals(label)))
                .findFirst()
                .map(members -> members.stream()
                        .filter(member ->
                                !member.label().equals(members.getFirst().label()))
                        .findFirst()
                        .map(other -> " %s and %s are the same image with different labels, and neither is used."
                                .formatted(members.getFirst().path(), other.path()))
                        .orElseThrow())
                .orElse("");
    }
}
