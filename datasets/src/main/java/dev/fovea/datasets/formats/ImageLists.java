package dev.fovea.datasets.formats;

import dev.fovea.datasets.Side;
import dev.fovea.imaging.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The splits of a YOLO data set that its folders do not say: list files, and what {@code data.yaml} names. */
final class ImageLists {

    private ImageLists() {}

    /** Whether a text file lists images, as {@code train.txt} of Darknet and of COCO's YOLO archive does. */
    static boolean isList(Path file) {
        if (ImageIndex.sideOf(ImageIndex.stem(file)).isEmpty()) {
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
    static Map<Path, Side> sides(ImageIndex index, YoloNames names) {
        Map<Path, Side> sides = new HashMap<>();
        index.files("txt").stream()
                .filter(ImageLists::isList)
                .forEach(file ->
                        ImageIndex.sideOf(ImageIndex.stem(file)).ifPresent(side -> list(index, file, side, sides)));
        boolean divides = names.splits().values().stream().flatMap(List::stream).allMatch(new HashSet<>()::add);
        if (divides) {
            names.splits().forEach((split, places) -> {
                Side side = Side.ofFolder(split).orElse(Side.UNASSIGNED);
                places.forEach(place -> folder(index, place, side, sides));
            });
        }
        return sides;
    }

    private static void list(ImageIndex index, Path file, Side side, Map<Path, Side> sides) {
        for (String line : YoloLabels.lines(file)) {
            Optional<Path> image = line.isBlank() ? Optional.empty() : index.named(line.strip(), file);
            image.ifPresent(found -> sides.put(found, side));
        }
    }

    /** A folder is known by the end of its path: archives name folders of the machine that made them. */
    private static void folder(ImageIndex index, String place, Side side, Map<Path, Side> sides) {
        String end = place.replace('\\', '/').replaceFirst("^(\\.{1,2}/)+", "").replaceFirst("/+$", "");
        for (Path image : index.images()) {
            String folder = "/" + index.relative(image);
            if (folder.contains("/" + end + "/")) {
                sides.put(image, side);
            }
        }
    }
}
