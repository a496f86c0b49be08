package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.graph.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A model as it is versioned and served: a directory with {@code bundle.json}, {@code model.onnx}, {@code golden/} and
 * {@code card.md}. Immutable once written; its id is the SHA-256 of {@code bundle.json}, which holds the hashes of all
 * other files.
 *
 * @param directory where it stands
 * @param id SHA-256 of the manifest
 * @param manifest its description
 */
public record Bundle(Path directory, String id, Manifest manifest) {

    /** The file that describes the bundle. */
    public static final String MANIFEST = "bundle.json";

    /** The file with what the version predicts for held-out images. */
    public static final String REFERENCE = "reference.bin";

    /** Files that are not needed to serve, so that one that is damaged stops nothing: they are checked when read. */
    private static final Set<String> CHECKED_WHEN_READ = Set.of(EmbeddingProjection.FILE, REFERENCE);

    static final String MODEL = "model.onnx";
    static final String GOLDEN = "golden";
    static final String CARD = "card.md";

    /**
     * Writes a new bundle into an empty or absent directory.
     *
     * @param goldenImages file bytes by the names that the manifest's golden vectors use
     * @throws FoveaException {@code STORAGE_FAILED} when it cannot be written whole
     */
    public static Bundle write(Path directory, Manifest manifest, byte[] onnx, Map<String, byte[]> goldenImages) {
        return write(directory, manifest, onnx, goldenImages, Map.of());
    }

    /**
     * The same with more files.
     *
     * @param attachments bytes by name, such as a report that belongs to the version
     */
    public static Bundle write(
            Path directory,
            Manifest manifest,
            byte[] onnx,
            Map<String, byte[]> goldenImages,
            Map<String, byte[]> attachments) {
        TreeMap<String, byte[]> files = new TreeMap<>(attachments);
        files.put(MODEL, onnx);
        goldenImages.forEach((name, bytes) -> files.put(GOLDEN + "/" + name, bytes));
        files.put(CARD, ModelCard.of(manifest).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        TreeMap<String, String> hashes = new TreeMap<>();
        files.forEach((path, bytes) -> hashes.put(path, Sha256.of(bytes)));
        Manifest complete = manifest.withFiles(hashes);
        byte[] json = ManifestJson.write(complete);
        files.put(MANIFEST, json);
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path target = inside(directory, file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The bundle of %s could not be written to %s: %s. Free space or check the rights, then try again."
                            .formatted(manifest.name(), directory, e.getMessage()),
                    e);
        }
        return new Bundle(directory, Sha256.of(json), complete);
    }

    /** Reads a bundle and checks that every file has the hash in the manifest; {@code BUNDLE_CORRUPT} otherwise. */
    public static Bundle read(Path directory) {
        return read(directory, path -> Sha256.of(bytes(directory, path)));
    }

    /**
     * The same, where the files were read before.
     *
     * @param hashes SHA-256 of each file by its path in the bundle
     */
    public static Bundle read(Path directory, Map<String, String> hashes) {
        return read(directory, path -> hashes.getOrDefault(path, "none"));
    }

    private static Bundle read(Path directory, UnaryOperator<String> hashes) {
        byte[] json = bytes(directory, MANIFEST);
        Manifest manifest = ManifestJson.read(json, shown(directory, MANIFEST));
        requireHashed(directory, manifest, MODEL);
        manifest.golden().forEach(vector -> requireHashed(directory, manifest, GOLDEN + "/" + vector.image()));
        manifest.files().forEach((path, hash) -> {
            if (!CHECKED_WHEN_READ.contains(path)) {
                requireSame(directory, path, hash, hashes.apply(path));
            }
        });
        return new Bundle(directory, Sha256.of(json), manifest);
    }

    private static void requireSame(Path directory, String path, String hash, String found) {
        if (!found.equals(hash)) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "%s was changed after it was registered (SHA-256 %s, should be %s). Restore it from a copy or register the model again."
                            .formatted(shown(directory, path), found, hash));
        }
    }

    private static void requireHashed(Path directory, Manifest manifest, String path) {
        if (!manifest.files().containsKey(path)) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "%s states no SHA-256 of %s. Register the model again."
                            .formatted(shown(directory, MANIFEST), path));
        }
    }

    /** The graph's file. */
    public Path modelFile() {
        return directory.resolve(MODEL);
    }

    /** The graph. */
    public OnnxModel model() {
        return OnnxModel.read(modelFile());
    }

    /** The bytes of a golden image. */
    public byte[] goldenImage(GoldenVector vector) {
        return bytes(directory, GOLDEN + "/" + vector.image());
    }

    /**
     * The bytes of another file that belongs to the version, if it has one of that name; {@code BUNDLE_CORRUPT} when it
     * is missing or was changed.
     */
    public Optional<byte[]> attachment(String name) {
        return Optional.ofNullable(manifest.files().get(name)).map(hash -> {
            byte[] bytes = bytes(directory, name);
            if (CHECKED_WHEN_READ.contains(name)) {
                requireSame(directory, name, hash, Sha256.of(bytes));
            }
            return bytes;
        });
    }

    private static byte[] bytes(Path directory, String path) {
        Path file = inside(directory, path);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT,
                    "%s is missing or cannot be read. Restore it from a copy or register the model again."
                            .formatted(shown(directory, path)),
                    e);
        }
    }

    /** A file's place within the home, which callers of the API may see. */
    private static String shown(Path directory, String path) {
        return directory.getFileName() + "/" + path;
    }

    private static Path inside(Path directory, String path) {
        if (path.indexOf('\0') < 0) {
            Path file = directory.resolve(path).normalize();
            if (file.startsWith(directory.normalize())) {
                return file;
            }
        }
        throw new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "The bundle %s names a file outside itself: %s.".formatted(directory.getFileName(), path));
    }
}
