package dev.fovea.datasets.formats;

import dev.fovea.datasets.Split;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The splits of a YOLO data set by list files and {@code data.yaml}. */
final class ImageLists {

    private ImageLists() {}

    /** Whether a text file lists images, as {@code train.txt} of Darknet and of COCO's YOLO archive does. */
    static boolean isList(Path file) {
        if (ImageIndex.splitOf(ImageIndex.stem(file)).isEmpty()) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .filter(ImageFormat::looksLikeImage)
                    .isPresent();
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    /** The split of each image that a list or {@code data.yaml} puts into one; none when two splits share images. */
    static Map<Path, Split> splits(ImageIndex index, YoloNames names) {
        Map<Path, Split> splits = new HashMap<>();
        index.files("txt").stream()
                .filter(ImageLists::isList)
                .forEach(file ->
                        ImageIndex.splitOf(ImageIndex.stem(file)).ifPresent(split -> list(index, file, split, splits)));
        boolean divides = names.splits().values().stream().flatMap(List::stream).allMatch(new HashSet<>()::add);
        if (divides) {
            names.splits().forEach((name, places) -> {
                Split split = Split.ofFolder(name).orElse(Split.UNASSIGNED);
                places.forEach(place -> folder(index, place, split, splits));
            });
        }
        return splits;
    }

    private static void list(ImageIndex index, Path file, Split split, Map<Path, Split> splits) {
        for (String line : YoloLabels.lines(file)) {
            Optional<Path> image = line.isBlank() ? Optional.empty() : index.named(line.strip(), file);
            image.ifPresent(found -> splits.put(found, split));
        }
    }

    /** A folder is known by the end of its path: archives name folders of the machine that made them. */
    private static void folder(ImageIndex index, String place, Split split, Map<Path, Split> splits) {
        String end = place.replace('\\', '/').replaceFirst("^(\\.{1,2}/)+", "").replaceFirst("/+$", "");
        for (Path image : index.images()) {
            String folder = "/" + index.relative(image);
            if (folder.contains("/" + end + "/")) {
                splits.put(image, split);
            }
        }
    }
}
