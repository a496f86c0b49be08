package dev.fovea.bench.detection;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images with boxes, without splits.
 *
 * @param bar mAP50 that is to be reached
 */
record BoxedSet(String name, Path folder, double bar) {

    /** The edge of DeepPCB's images. */
    private static final double EDGE = 640;

    private static final List<String> DEFECTS = List.of("open", "short", "mousebite", "spur", "copper", "pin-hole");

    /** A set of {@code FOVEA_BENCH_DATA} by its name, written below a directory; empty, and said so, without it. */
    static Optional<BoxedSet> of(String name, Path directory) throws IOException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""));
        return switch (name) {
            case "bccd" -> cells(data.resolve("bccd").resolve("BCCD"), directory);
            case "deeppcb" -> boards(data.resolve("deeppcb-120"), directory);
            default -> throw new IllegalArgumentException("no set " + name + "; there are bccd and deeppcb");
        };
    }

    /** Blood cells; their own split learns from 56 % of the images, and is not copied. */
    private static Optional<BoxedSet> cells(Path data, Path directory) throws IOException {
        if (isMissing(data)) {
            return Optional.empty();
        }
        Path folder = directory.resolve("bccd");
        for (String part : List.of("Annotations", "JPEGImages")) {
            Files.createDirectories(folder.resolve(part));
            try (Stream<Path> files = Files.list(data.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        return Optional.of(new BoxedSet("bccd", folder, 0.85));
    }

    /** Circuit boards, whose boxes are lines of left, upper, right, lower edge and defect; without their templates. */
    private static Optional<BoxedSet> boards(Path data, Path directory) throws IOException {
        if (isMissing(data)) {
            return Optional.empty();
        }
        Path folder = directory.resolve("deeppcb");
        Path images = Files.createDirectories(folder.resolve("images"));
        Path labels = Files.createDirectories(folder.resolve("labels"));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                String stem = file.getFileName().toString().replace(".txt", "");
                Files.copy(data.resolve(stem + "_test.jpg"), images.resolve(stem + ".jpg"));
                List<String> boxes = Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .map(BoxedSet::yolo)
                        .toList();
                Files.write(labels.resolve(stem + ".txt"), boxes);
            }
        }
        Files.writeString(folder.resolve("data.yaml"), "names: [%s]%n".formatted(String.join(", ", DEFECTS)));
        return Optional.of(new BoxedSet("deeppcb", folder, 0.9));
    }

    private static String yolo(String line) {
        String[] parts = line.strip().split("[ ,]+");
        double x1 = Double.parseDouble(parts[0]) / EDGE;
        double y1 = Double.parseDouble(parts[1]) / EDGE;
        double x2 = Double.parseDouble(parts[2]) / EDGE;
        double y2 = Double.parseDouble(parts[3]) / EDGE;
        return String.format(
                Locale.ROOT,
                "%d %.6f %.6f %.6f %.6f",
                Integer.parseInt(parts[4]) - 1,
                (x1 + x2) / 2,
                (y1 + y2) / 2,
                x2 - x1,
                y2 - y1);
    }

    private static boolean isMissing(Path data) {
        if (Files.isDirectory(data)) {
            return false;
        }
        BenchReport.say("skipped: no %s".formatted(data));
        return true;
    }
}
