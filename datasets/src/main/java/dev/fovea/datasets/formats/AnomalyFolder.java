package dev.fovea.datasets.formats;

import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.FolderReader.Listing;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of good images, and where there are some, of defects and their masks. Good images are in {@code good},
 * {@code ok} or {@code normal}, or directly in the folder; each other folder is a kind of defect. Masks are in
 * {@code ground_truth} or {@code masks}, named like their image or with the suffix {@code _mask}. Folders may lie in
 * {@code train} and {@code test}, as in MVTec AD.
 *
 * @param listing the images, with the labels {@link #GOOD} and {@link #ANOMALOUS}; defects are test images
 * @param kinds kind of defect by the image's path
 * @param masks file of the mask by the image's path
 */
public record AnomalyFolder(Listing listing, Map<String, String> kinds, Map<String, Path> masks) {

    /** The label of good images. */
    public static final String GOOD = "good";

    /** The label of images with a defect. */
    public static final String ANOMALOUS = "anomalous";

    /** The labels of an anomaly detector, in the order of its output. */
    public static final List<String> LABELS = List.of(GOOD, ANOMALOUS);

    private static final Set<String> GOOD_FOLDERS = Set.of(GOOD, "ok", "normal");
    private static final Set<String> MASK_FOLDERS =
            Set.of("ground_truth", "ground-truth", "groundtruth", "masks", "mask");
    private static final Set<String> SUFFIXES = Set.of("", "_mask", "-mask", "_gt");

    public AnomalyFolder {
        kinds = Map.copyOf(kinds);
        masks = Map.copyOf(masks);
    }

    /** Reads a folder; {@code DATASET_INVALID} when it is missing or has no good images. */
    public static AnomalyFolder read(Path folder) {
        FolderReader.requireReadable(folder);
        return new Reading(ImageIndex.of(folder)).result();
    }

    /**
     * The files of a folder for a model of these labels: of a detector's, any folder but those of good images is
     * anomalous; of a classifier's, each folder is a class.
     *
     * @throws dev.fovea.fault.FoveaException {@code DATASET_INVALID} where the folder has no labels
     */
    public static List<FoundFile> files(Path folder, List<String> labels) {
        if (!labels.equals(LABELS)) {
            return ClassificationFolder.read(folder).listing().files();
        }
        Listing listing = read(folder).listing();
        return listing.divided()
                ? listing.files()
                : listing.files().stream()
                        .map(file -> new FoundFile(file.file(), file.path(), file.label(), Split.UNASSIGNED))
                        .toList();
    }

    /** The state of one reading. */
    private static final class Reading {

        private final ImageIndex index;
        private final List<FoundFile> files = new ArrayList<>();
        private final Map<String, String> kinds = new HashMap<>();
        private final Map<String, Path> masks = new HashMap<>();
        private boolean divided;

        Reading(ImageIndex index) {
            this.index = index;
        }

        AnomalyFolder result() {
            for (Path image : index.images()) {
                if (!isMask(image)) {
                    add(image);
                }
            }
            if (files.stream().noneMatch(file -> file.label().equals(GOOD))) {
                throw BoxFitting.invalid(
                        "%s has no good images. Put them into a folder named good, and images with defects, if there are any, into folders beside it."
                                .formatted(index.root()));
            }
            files.sort(Comparator.comparing(FoundFile::path));
            return new AnomalyFolder(new Listing(divided, files, List.of()), kinds, masks);
        }

        private void add(Path image) {
            List<String> folders = folders(image);
            Optional<Split> split = folders.isEmpty() ? Optional.empty() : Split.ofFolder(folders.getFirst());
            List<String> inner = split.isPresent() ? folders.subList(1, folders.size()) : folders;
            String kind = inner.isEmpty() ? GOOD : inner.getFirst();
            String path = index.relative(image);
            if (GOOD_FOLDERS.contains(kind.toLowerCase(Locale.ROOT))) {
                divided |= split.isPresent();
                // what is not for tests is for learning, the validation images too
                Split of = split.map(each -> each == Split.TEST ? Split.TEST : Split.TRAIN)
                        .orElse(Split.UNASSIGNED);
                files.add(new FoundFile(image, path, GOOD, of));
            } else {
                files.add(new FoundFile(image, path, ANOMALOUS, Split.TEST));
                kinds.put(path, kind);
                mask(image, kind).ifPresent(mask -> masks.put(path, mask));
            }
        }

        private Optional<Path> mask(Path image, String kind) {
            List<Path> named = SUFFIXES.stream()
                    .flatMap(suffix -> index.called(ImageIndex.stem(image) + suffix).stream())
                    .filter(this::isMask)
                    .sorted()
                    .toList();
            List<Path> ofKind = named.stream()
                    .filter(mask -> folders(mask).getLast().equals(kind))
                    .toList();
            return ofKind.isEmpty() && named.size() == 1
                    ? Optional.of(named.getFirst())
                    : ofKind.stream().findFirst();
        }

        private boolean isMask(Path image) {
            return folders(image).stream().anyMatch(part -> MASK_FOLDERS.contains(part.toLowerCase(Locale.ROOT)));
        }

        /** The folders above an image, from the outermost. */
        private List<String> folders(Path image) {
            List<String> folders = new ArrayList<>();
            index.root().relativize(image.resolveSibling("")).forEach(part -> folders.add(part.toString()));
            folders.removeIf(String::isEmpty);
            return folders;
        }
    }
}
