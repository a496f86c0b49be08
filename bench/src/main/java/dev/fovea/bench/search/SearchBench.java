package dev.fovea.bench.search;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The smallest model that clears a bar: steel at an accuracy that small networks reach, and flowers at one that none
 * reaches, where the search says why. Each is one command, from the folder to the end, and prints its verdict, its
 * candidates and its seconds.
 */
final class SearchBench {

    private static final String MINUTES = "10";
    private static final double MAX_SECONDS = 660;

    private SearchBench() {}

    /** {@code [FOLDER [MINUTES]]}: a folder with backbones as ONNX files, default that of the user's home. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path backbones = arguments.length > 0
                ? Path.of(arguments[0]).toAbsolutePath()
                : Path.of(System.getProperty("user.home"), ".fovea", "backbones");
        String minutes = arguments.length > 1 ? arguments[1] : MINUTES;
        if (!Files.isDirectory(backbones)) {
            BenchReport.say(
                    "skipped: there are no backbones in %s; fovea backbones add makes them".formatted(backbones));
            return;
        }
        BenchReport.machine();
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path home = scratch.path().resolve("home");
            copy(
                    backbones,
                    home.resolve("backbones"),
                    file -> Path.of(file.getFileName().toString()));
            Path data = Path.of(System.getProperty("fovea.bench.data", ""));
            search(scratch, home, data.resolve("neu-det/IMAGES"), "steel", "accuracy >= 0.98", minutes);
            search(scratch, home, data.resolve("flowers5"), "flowers", "accuracy >= 0.9", minutes);
        }
        BenchReport.machine();
    }

    private static void search(
            TemporaryDirectory scratch, Path home, Path images, String name, String bar, String minutes)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(images)) {
            BenchReport.say("%s: skipped, as there is no %s".formatted(name, images));
            return;
        }
        Path folder = scratch.path().resolve(name);
        copy(images, folder, SearchBench::byClass);
        BenchReport.say("%n%s, %s, %s minutes".formatted(name, bar, minutes));
        long start = System.nanoTime();
        String printed = new Launcher(home, Map.of())
                .run("train", folder.toString(), "--name", name, "--bar", bar, "--minutes", minutes);
        double seconds = (System.nanoTime() - start) / 1e9;
        printed.lines().forEach(BenchReport::say);
        BenchReport.maximum("folder to the end", seconds, MAX_SECONDS, " s");
    }

    /** Folders are classes; where there are none, the class is the file's name before its number. */
    private static Path byClass(Path file) {
        String name = file.getFileName().toString();
        int number = name.lastIndexOf('_');
        Path parent = file.getName(file.getNameCount() - 2);
        return (parent.toString().equals("IMAGES") ? Path.of(name.substring(0, number)) : parent).resolve(name);
    }

    private static void copy(Path from, Path to, Function<Path, Path> named) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(from)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path target = to.resolve(named.apply(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
