package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.DatasetExport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.pipeline.request.RequestPaths;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives jobs a folder for {@code NAME} or {@code NAME@VERSION} of a curated data set. The version is written once, into
 * the home's cache; a folder of that name in the working directory takes precedence. Thread-safe.
 */
public final class DatasetCheckout implements RequestPaths {

    private static final Pattern REFERENCE = Pattern.compile("([a-z0-9][a-z0-9._-]*)(?:@([0-9a-z]+))?");
    private static final int SHORT = 12;

    private final Datasets datasets;
    private final Path cache;
    private final String author;

    /**
     * @param cache folder for written versions
     * @param author of versions that are saved because a job uses the present state
     */
    public DatasetCheckout(Datasets datasets, Path cache, String author) {
        this.datasets = datasets;
        this.cache = cache;
        this.author = author;
    }

    /** Whether a text names a curated data set, with or without a version. */
    public static boolean isDataset(String data, Datasets datasets) {
        return name(data)
                .filter(name -> datasets.list().stream()
                        .map(DatasetCatalog.DatasetSummary::dataset)
                        .anyMatch(dataset -> dataset.name().equals(name)))
                .isPresent();
    }

    private static Optional<String> name(String data) {
        return Optional.of(REFERENCE.matcher(data))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1));
    }

    /**
     * The version that a text names; without {@code @VERSION} the present state, which is saved.
     *
     * @return its name as {@code shirts@513af8b1fe65}; empty for a folder
     * @throws FoveaException {@code DATASET_UNKNOWN} when the data set has no such version
     */
    public Optional<String> pinned(String data) {
        if (isFolder(data) || !isDataset(data, datasets)) {
            return Optional.empty();
        }
        String name = name(data).orElseThrow();
        return Optional.of("%s@%s".formatted(name, version(name, data).id().substring(0, SHORT)));
    }

    /**
     * The task of a curated data set.
     *
     * @return empty for a folder, whose task is seen when it is read
     */
    public Optional<ImageTask> task(String data) {
        return isFolder(data) || !isDataset(data, datasets)
                ? Optional.empty()
                : Optional.of(datasets.dataset(name(data).orElseThrow()).task());
    }

    /**
     * Refuses a curated data set that no classifier can learn from; a folder is judged when it is read.
     *
     * @throws FoveaException {@code DATASET_INVALID} unless its task is classification
     */
    public void requireOneClass(String data) {
        requireTask(data, ImageTask.CLASSIFICATION);
    }

    /**
     * Refuses a curated data set of another task; a folder is judged when it is read.
     *
     * @throws FoveaException {@code DATASET_INVALID}
     */
    public void requireTask(String data, ImageTask wanted) {
        Optional<ImageTask> task = task(data);
        if (task.isPresent() && task.get() != wanted) {
            String name = name(data).orElseThrow();
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The data set \"%s\" is for %s, and this training needs one for %s. %s"
                            .formatted(name, Json.word(task.get()), Json.word(wanted), elsewhere(name, task.get())));
        }
    }

    /** How to come to a model of a data set's task. */
    private static String elsewhere(String name, ImageTask task) {
        String exported =
                "Write it for another trainer with \"fovea data export %s --format %s --to FOLDER\", and register the ONNX file with \"fovea import";
        return switch (task) {
            case CLASSIFICATION -> "Train a classifier with \"fovea train %s --name NAME\".".formatted(name);
            case MULTI_LABEL ->
                (exported + " FILE --task multi-label --data %s\", which evaluates it.").formatted(name, "csv", name);
            case DETECTION -> "Train a detector with \"fovea train %s --name NAME --from MODEL\".".formatted(name);
            case INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION ->
                (exported + " FILE\".").formatted(name, task == ImageTask.SEMANTIC_SEGMENTATION ? "masks" : "coco");
        };
    }

    /**
     * The soft labels of a version of whole images.
     *
     * @param pinned its name, as {@link #pinned} gives it
     * @return the probability of each class by the image's hash, for images whose label is uncertain
     */
    public Map<String, Map<String, Double>> softLabels(String pinned) {
        String name = name(pinned).orElseThrow();
        Map<String, Map<String, Double>> soft = new HashMap<>();
        datasets.versions().forEach(name, version(name, pinned), item -> {
            if (item.state().label().orElse(null) instanceof ClassLabels labels
                    && !labels.weights().isEmpty()) {
                soft.put(item.image().hash().toString(), labels.weights());
            }
        });
        return soft;
    }

    private SavedVersion version(String name, String data) {
        int at = data.indexOf('@');
        return at < 0
                ? datasets.versions().commit(name, "used by a job", author)
                : datasets.versions().version(name, data.substring(at + 1));
    }

    /** Deletes all written versions in a cache; jobs write them again. */
    public static void clear(Path cache) {
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s cannot be deleted. Delete it yourself.".formatted(cache), e);
        }
    }

    @Override
    public String data(String field, String path) {
        return pinned(path).map(this::written).orElse(path);
    }

    @Override
    public String file(String field, String path) {
        return path;
    }

    /** A message in which written versions have the names by which jobs take them, not those of their folders. */
    public String named(String message) {
        return message.replace(cache + cache.getFileSystem().getSeparator(), "");
    }

    private String written(String pinned) {
        String name = pinned.substring(0, pinned.indexOf('@'));
        SavedVersion version = version(name, pinned);
        ExchangeFormat format = format(datasets.dataset(name).task());
        Path folder = cache.resolve(pinned); // so that messages and records that name the folder name the version
        Path stamp = cache.resolve(folder.getFileName() + ".files");
        if (isChanged(folder, stamp)) {
            clear(folder);
        }
        if (!Files.isDirectory(folder)) {
            write(new DatasetExport(datasets, name, version, format), folder);
            write(stamp, contents(folder));
        }
        return folder.toString();
    }

    /** Whether files were removed or changed since the version was written. */
    private static boolean isChanged(Path folder, Path stamp) {
        try {
            return Files.isDirectory(folder)
                    && Files.exists(stamp)
                    && !Files.readString(stamp).equals(contents(folder));
        } catch (IOException e) {
            return true;
        }
    }

    private static void write(Path stamp, String contents) {
        try {
            Files.writeString(stamp, contents);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s cannot be written. Free space there.".formatted(stamp), e);
        }
    }

    /** The number of files and their bytes, in words. */
    private static String contents(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long[] total = new long[2];
            files.map(Path::toFile).filter(File::isFile).forEach(file -> {
                total[0]++;
                total[1] += file.length();
            });
            return "%d files, %d bytes".formatted(total[0], total[1]);
        } catch (IOException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, "%s cannot be read. Delete it.".formatted(folder), e);
        }
    }

    /** Another job may have written the same version meanwhile. */
    private static void write(DatasetExport export, Path folder) {
        try {
            var _ = export.write(folder);
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.STATE_CONFLICT || !Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static ExchangeFormat format(ImageTask task) {
        return switch (task) {
            case CLASSIFICATION -> ExchangeFormat.FOLDERS;
            case MULTI_LABEL -> ExchangeFormat.TABLE;
            case DETECTION, INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION -> ExchangeFormat.COCO;
        };
    }

    private static boolean isFolder(String data) {
        try {
            return Files.exists(Path.of(data));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
