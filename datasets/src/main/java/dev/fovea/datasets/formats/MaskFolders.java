package dev.fovea.datasets.formats;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Folders of masks among folders of images: the same base names, the same sizes, and few colours where the images have
 * many. Few means that 32 colours cover nine tenths of the pixels, including masks in JPEG.
 */
final class MaskFolders {

    private static final Pattern SUFFIX = Pattern.compile("(?i)[_-](mask|masks|gt|seg|label|labels)$");
    private static final int SAMPLES = 6;
    private static final int FEW = 32;
    private static final double MIN_COVERED_SHARE = 0.9;
    private static final double PAIRED = 0.8;

    private final ImageIndex index;
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    private MaskFolders(ImageIndex index) {
        this.index = index;
    }

    /** The folders that contain masks. */
    static Set<Path> among(List<Path> folders, ImageIndex index) {
        MaskFolders finder = new MaskFolders(index);
        Set<Path> masks = new HashSet<>();
        for (Path folder : folders) {
            if (finder.isMasks(folder)) {
                masks.add(folder);
            }
        }
        return masks;
    }

    private boolean isMasks(Path folder) {
        List<Path> images = index.images().stream()
                .filter(image -> image.startsWith(folder))
                .toList();
        Map<Path, Path> pairs = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            Path image = images.get(i);
            counterpart(image, folder).ifPresent(other -> pairs.put(image, other));
            int alone = i + 1 - pairs.size();
            if (images.size() - alone < PAIRED * images.size()) {
                return false;
            }
        }
        return !images.isEmpty()
                && pairs.keySet().stream().sorted().limit(SAMPLES).allMatch(mask -> isMask(mask, pairs.get(mask)));
    }

    /** The image of the same base name in another folder, with or without a suffix such as {@code _mask}. */
    private Optional<Path> counterpart(Path image, Path folder) {
        String stem = ImageIndex.stem(image);
        String bare = SUFFIX.matcher(stem).replaceFirst("");
        return index.called(bare).stream()
                .filter(other -> !other.startsWith(folder))
                .min(Comparator.naturalOrder());
    }

    private boolean isMask(Path mask, @org.jspecify.annotations.Nullable Path image) {
        return image != null
                && summary(mask)
                        .filter(ImageSummary::flat)
                        .flatMap(flat -> summary(image)
                                .filter(other -> !other.flat()
                                        && other.width() == flat.width()
                                        && other.height() == flat.height()))
                        .isPresent();
    }

    /** An image's size, and whether few colours cover most of it. */
    private record ImageSummary(int width, int height, boolean flat) {}

    private Optional<ImageSummary> summary(Path file) {
        try (Image image = decoder.decode(Files.readAllBytes(file))) {
            return Optional.of(new ImageSummary(image.width(), image.height(), isFlat(image)));
        } catch (IOException | FoveaException e) {
            return Optional.empty();
        }
    }

    private static boolean isFlat(Image image) {
        byte[] values = image.toRgbOrGray();
        int channels = values.length / (image.width() * image.height());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < values.length; i += channels) {
            int color = 0;
            for (int c = 0; c < channels; c++) {
                color = color << 8 | (values[i + c] & 0xff);
            }
            counts.merge(color, 1, Integer::sum);
        }
        long covered = counts.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(FEW)
                .mapToLong(Integer::longValue)
                .sum();
        return covered * channels >= MIN_COVERED_SHARE * values.length;
    }
}
