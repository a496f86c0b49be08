package dev.fovea.pipeline.head;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Features of images on disk, by what made them and the hash of the image's file. A file holds the features of one part
 * of a run and is never changed: it is written whole, then renamed. What is damaged is removed and made again. Bounded:
 * features that were not used for the longest time go first. Processes may share a folder; a cache that cannot be
 * written costs time only.
 */
public final class FeatureCache {

    /** Some 200,000 images of 1,280 features. */
    public static final long MAX_BYTES = 1L << 30;

    private static final long MAGIC = 0x3154_4145_464f_5646L; // "FVOFEAT1" in little endian
    private static final int HEADER = Long.BYTES + 2 * Integer.BYTES;
    private static final int HASH = 32;
    private static final String ENDING = ".features";

    private final Path root;
    private final long maxBytes;

    /**
     * A cache.
     *
     * @param root folder, made when something is written
     * @param maxBytes of all files
     */
    public FeatureCache(Path root, long maxBytes) {
        this.root = root;
        this.maxBytes = maxBytes;
    }

    /**
     * Those of some images that are there.
     *
     * @param key what made them, in hexadecimal: equal keys give equal features
     * @param hashes of images, 64 hexadecimal digits
     * @param features D; files of another number are damaged
     */
    public Map<String, float[]> find(String key, Set<String> hashes, int features) {
        Map<String, float[]> found = new HashMap<>();
        Path folder = root.resolve(key);
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            for (Path file : files) {
                read(file, hashes, features, found);
            }
        } catch (IOException e) {
            return found; // another process has removed it
        }
        return found;
    }

    private static void read(Path file, Set<String> hashes, int features, Map<String, float[]> found) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (!isWhole(bytes, features)) {
                Files.deleteIfExists(file);
                return;
            }
            int count = bytes.getInt(Long.BYTES + Integer.BYTES);
            bytes.position(HEADER);
            byte[] hash = new byte[HASH];
            for (int i = 0; i < count; i++) {
                bytes.get(hash);
                String name = HexFormat.of().formatHex(hash);
                if (hashes.contains(name)) {
                    float[] values = new float[features];
                    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                    found.put(name, values);
                }
                bytes.position(bytes.position() + features * Float.BYTES);
            }
        } catch (IOException e) {
            // it is made again
        }
    }

    private static boolean isWhole(ByteBuffer bytes, int features) {
        if (bytes.limit() < HEADER + Long.BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(Long.BYTES) != features) {
            return false;
        }
        long count = bytes.getInt(Long.BYTES + Integer.BYTES);
        long wanted = HEADER + count * (HASH + (long) features * Float.BYTES) + Long.BYTES;
        return count >= 0 && wanted == bytes.limit() && bytes.getLong(bytes.limit() - Long.BYTES) == checksum(bytes);
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate().position(0).limit(bytes.limit() - Long.BYTES));
        return sum.getValue();
    }

    /** Stores features as one file, where there is room. */
    public void put(String key, Map<String, float[]> features) {
        if (features.isEmpty()) {
            return;
        }
        byte[] content = content(features);
        try {
            if (!makeRoom(key, content.length)) {
                return;
            }
            Path folder = Files.createDirectories(root.resolve(key));
            Path written = Files.createTempFile(folder, "part", ".tmp");
            try {
                Files.write(written, content);
                Files.move(
                        written,
                        folder.resolve(written.getFileName().toString().replace(".tmp", ENDING)),
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            // a full disk, or no right to write: the features are made again the next time
        }
    }

    private static byte[] content(Map<String, float[]> features) {
        List<String> names = features.keySet().stream().sorted().toList();
        int dimensions = features.values().iterator().next().length;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + names.size() * (HASH + dimensions * Float.BYTES) + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(dimensions).putInt(names.size());
        for (String name : names) {
            bytes.put(HexFormat.of().parseHex(name));
            for (float value : features.getOrDefault(name, new float[0])) {
                bytes.putFloat(value);
            }
        }
        bytes.putLong(checksum(bytes));
        return bytes.array();
    }

    /**
     * Removes the features that were not used for the longest time; false, and nothing removed, where those of the key
     * alone are too many.
     */
    private boolean makeRoom(String key, long needed) throws IOException {
        Files.createDirectories(root);
        List<KeyFolder> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
            for (Path folder : all) {
                folders.add(KeyFolder.of(folder));
            }
        }
        long own = folders.stream()
                .filter(folder -> folder.path().endsWith(key))
                .mapToLong(KeyFolder::bytes)
                .sum();
        if (own + needed > maxBytes) {
            return false;
        }
        long bytes = folders.stream().mapToLong(KeyFolder::bytes).sum();
        folders.sort(Comparator.comparing(KeyFolder::used));
        for (KeyFolder folder : folders) {
            if (bytes + needed <= maxBytes) {
                return true;
            }
            if (!folder.path().endsWith(key)) {
                folder.remove();
                bytes -= folder.bytes();
            }
        }
        return bytes + needed <= maxBytes;
    }

    /** The features of one key. */
    private record KeyFolder(Path path, FileTime used, long bytes) {

        static KeyFolder of(Path folder) throws IOException {
            long bytes = 0;
            for (Path file : files(folder)) {
                bytes += Files.size(file);
            }
            return new KeyFolder(folder, Files.getLastModifiedTime(folder), bytes);
        }

        private static List<Path> files(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of(folder);
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.toList();
            }
        }

        void remove() throws IOException {
            for (Path file : files(path)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        }
    }
}
