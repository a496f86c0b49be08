package dev.fovea.datasets;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.PerceptualHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An immutable list of labelled images. Its id is the SHA-256 of the sorted labels, splits and content hashes of all
 * images. File names, folders and reading order do not affect the id.
 *
 * @param id 64 hexadecimal digits
 * @param labels sorted; a label's index is the class index
 * @param items ordered by label, split and content hash
 * @param forgotten content hashes of images that were forgotten on request; the id is still that of the whole list
 */
public record DatasetVersion(
        String id,
        List<String> labels,
        List<Item> items,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> forgotten) {

    private static final Comparator<Item> CANONICAL = Comparator.comparing(Item::label)
            .thenComparing(Item::split)
            .thenComparing(Item::contentHash)
            .thenComparing(Item::path);

    /**
     * One image of a version.
     *
     * @param contentHash SHA-256 of the file's bytes, 64 hexadecimal digits
     * @param path relative to the folder it was read from; not part of the version's identity
     * @param width in pixels, upright
     * @param height in pixels, upright
     * @param perceptualHash the perceptual hash, empty for an image without structure
     */
    public record Item(
            String contentHash,
            String label,
            Split split,
            String path,
            int width,
            int height,
            ImageFormat format,
            Optional<PerceptualHash> perceptualHash) {

        /** The same image in another split. */
        public Item on(Split other) {
            return new Item(contentHash, label, other, path, width, height, format, perceptualHash);
        }
    }

    public DatasetVersion {
        labels = List.copyOf(labels);
        items = List.copyOf(items);
        forgotten = List.copyOf(forgotten);
    }

    /** The same without path, class and split of an image. */
    public DatasetVersion without(String contentHash) {
        return new DatasetVersion(
                id,
                labels,
                items.stream()
                        .filter(item -> !item.contentHash().equals(contentHash))
                        .toList(),
                Stream.concat(forgotten.stream(), Stream.of(contentHash))
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** The version of these items, independent of their order. */
    public static DatasetVersion of(Collection<Item> items) {
        List<Item> sorted = items.stream().sorted(CANONICAL).toList();
        List<String> labels = sorted.stream().map(Item::label).distinct().toList();
        return new DatasetVersion(
                idOf(sorted.stream()
                        .map(item -> new LabelledContent(item.label(), item.split(), item.contentHash()))
                        .toList()),
                labels,
                sorted,
                List.of());
    }

    /** What of an image is part of a version's identity. */
    public record LabelledContent(String label, Split split, String contentHash) {}

    /** The id of the version of these images, independent of their order. */
    public static String idOf(Collection<LabelledContent> images) {
        MessageDigest digest = ImageValidator.newSha256();
        images.stream()
                .sorted(Comparator.comparing(LabelledContent::label)
                        .thenComparing(LabelledContent::split)
                        .thenComparing(LabelledContent::contentHash))
                .forEach(image -> {
                    update(digest, image.label());
                    update(digest, image.split().label());
                    update(digest, image.contentHash());
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The images of one split, in canonical order. */
    public List<Item> on(Split split) {
        return items.stream().filter(item -> item.split() == split).toList();
    }

    /** The split of each image, by content hash. */
    public Map<String, Split> splits() {
        Map<String, Split> splits = HashMap.newHashMap(items.size());
        items.forEach(item -> splits.put(item.contentHash(), item.split()));
        return splits;
    }

    /** What images are known by: the SHA-256 of a file's bytes, 64 hexadecimal digits. */
    public static String contentHash(byte[] file) {
        return ImageValidator.sha256(file);
    }

    /** Every field is preceded by its length, so that no two listings read the same. */
    private static void update(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
