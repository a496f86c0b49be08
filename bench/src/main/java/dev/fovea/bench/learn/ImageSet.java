package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.datasets.DatasetVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Labelled images of {@code FOVEA_BENCH_DATA}, by path.
 *
 * @param classes names in alphabetical order
 * @param labels {@code [N]}
 * @param hashes SHA-256 of each file
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record ImageSet(String name, List<String> classes, List<Path> files, int[] labels, List<String> hashes) {

    /** 900 images of six defects; the class is the file's name before its number. */
    static Optional<ImageSet> steel() throws IOException {
        return read("neu-det", "neu-det/IMAGES", file -> {
            String name = file.getFileName().toString();
            return name.substring(0, name.lastIndexOf('_'));
        });
    }

    /** 4,317 images of five flowers; the class is the folder's name. */
    static Optional<ImageSet> flowers() throws IOException {
        return read(
                "flowers5",
                "flowers5",
                file -> file.getName(file.getNameCount() - 2).toString());
    }

    private static Optional<ImageSet> read(String name, String folder, Function<Path, String> classOf)
            throws IOException {
        Path root = data().resolve(folder);
        if (!Files.isDirectory(root)) {
            BenchReport.say("%s: skipped, as there is no %s".formatted(name, root));
            return Optional.empty();
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> classes =
                List.copyOf(new TreeSet<>(files.stream().map(classOf).toList()));
        List<String> hashes = new ArrayList<>();
        for (Path file : files) {
            hashes.add(DatasetVersion.contentHash(Files.readAllBytes(file)));
        }
        return Optional.of(new ImageSet(
                name,
                classes,
                files,
                files.stream()
                        .mapToInt(file -> classes.indexOf(classOf.apply(file)))
                        .toArray(),
                hashes));
    }

    /** The folder of the data. */
    static Path data() {
        return Path.of(System.getProperty("fovea.bench.data", ""));
    }
}
