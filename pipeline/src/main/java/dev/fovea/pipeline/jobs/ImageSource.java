package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.FoundFile;
import dev.fovea.datasets.formats.ClassificationFolder;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The source of a job's images.
 *
 * @param folder of the images
 * @param known image list with their splits, if any
 * @param named the requested image list; empty for a folder
 */
public record ImageSource(Path folder, Optional<DatasetVersion> known, Optional<DatasetVersion> named) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

    /**
     * Finds images.
     *
     * @param data a folder, or the id of an image list or a prefix of it; empty for the training data of the model
     * @param trainedOn the image list that the model was trained on; empty for others
     * @throws FoveaException {@code DATASET_INVALID} when there is none
     */
    public static ImageSource of(String data, String trainedOn, DatasetStore store) {
        Optional<DatasetVersion> learned = store.find(trainedOn);
        if (data.isEmpty()) {
            return new ImageSource(
                    summary(store, trainedOn)
                            .orElseThrow(
                                    () -> new FoveaException(
                                            ErrorCode.DATASET_INVALID,
                                            "The training data of the version are unknown. Set a folder of images like those in production.")),
                    learned,
                    learned);
        }
        Path folder = path(data);
        if (Files.exists(folder) || !ID.matcher(data).matches()) {
            return new ImageSource(folder, learned, Optional.empty());
        }
        String id = store.list().stream()
                .map(DatasetStore.Summary::id)
                .filter(each -> each.startsWith(data))
                .reduce((one, other) -> {
                    throw new FoveaException(
                            ErrorCode.DATASET_INVALID,
                            "Several image lists begin with \"%s\". Use more digits.".formatted(data));
                })
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "There is no folder \"%s\" and no image list whose id begins so. Check the path or the id."
                                .formatted(data)));
        Optional<DatasetVersion> named = store.find(id);
        return new ImageSource(summary(store, id).orElseThrow(), learned.or(() -> named), named);
    }

    /**
     * The files of a source with their labels and splits: those of the requested image list, else those of the folder.
     * Throws {@code DATASET_INVALID} with the recognized format if it does not suit a classifier.
     */
    public List<FoundFile> labelled() {
        return known.map(version -> version.items().stream()
                        .map(item ->
                                new FoundFile(folder.resolve(item.path()), item.path(), item.label(), item.split()))
                        .toList())
                .orElseGet(() -> ClassificationFolder.read(folder).listing().files());
    }

    private static Optional<Path> summary(DatasetStore store, String id) {
        List<DatasetStore.Summary> all = id.isEmpty() ? List.of() : store.list();
        return all.stream().filter(each -> each.id().equals(id)).findFirst().map(each -> Path.of(each.folder()));
    }

    private static Path path(String data) {
        try {
            return Path.of(data);
        } catch (InvalidPathException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "\"%s\" is not a valid path. Use a folder of images.".formatted(data),
                    e);
        }
    }
}
