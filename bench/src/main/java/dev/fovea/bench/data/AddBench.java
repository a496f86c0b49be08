package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.DatasetSource;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.storage.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Adding 100,000 small images to a data set, against a plain loop on one thread that reads, hashes and decodes the same
 * files. The files are drawn first and read once before, so that both read from the page cache.
 */
final class AddBench {

    private static final int IMAGES = 100_000;
    private static final int EDGE = 96;
    private static final int CLASSES = 10;
    private static final int ROUNDS = 3;

    private AddBench() {}

    static void run() throws IOException {
        Path root = Files.createTempDirectory("fovea-add");
        try {
            Path folder = root.resolve("images");
            draw(folder);
            double[] plain = new double[ROUNDS];
            double[] add = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                plain[round] = plain(folder);
                add[round] = add(folder, root.resolve("home" + round));
            }
            BenchReport.say("%,d images: plain loop %s s, add %s s"
                    .formatted(IMAGES, Arrays.toString(plain), Arrays.toString(add)));
            BenchReport.maximum("add against hashing and decoding", median(add) / median(plain), 1.3, " ×");
        } finally {
            delete(root);
        }
    }

    /** Smooth colours with noise, as JPEG of some kilobytes. */
    private static void draw(Path folder) throws IOException {
        Random random = new Random(1);
        ImageWriter writer = new ImageWriter();
        byte[] pixels = new byte[EDGE * EDGE * 3];
        for (int i = 0; i < IMAGES; i++) {
            int hue = random.nextInt(256);
            int slope = 1 + random.nextInt(5);
            for (int p = 0; p < pixels.length; p++) {
                int x = p / 3 % EDGE;
                pixels[p] = (byte) (hue + slope * x / 2 + (p % 3) * 20 + (random.nextInt() & 15));
            }
            Path file = folder.resolve("class" + i % CLASSES).resolve(i + ".jpg");
            Files.createDirectories(file.resolveSibling(""));
            try (Image image = Image.of(pixels, EDGE, EDGE, 3)) {
                Files.write(file, writer.jpeg(image, 85));
            }
        }
    }

    private static double plain(Path folder) throws IOException {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        long start = System.nanoTime();
        long hashes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                byte[] bytes = Files.readAllBytes(file);
                hashes += ContentHash.of(bytes).first();
                try (Image image = decoder.decode(bytes)) {
                    hashes += image.width();
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        BenchReport.say("plain loop: %.1f s (%x)".formatted(seconds, hashes));
        return seconds;
    }

    private static double add(Path folder, Path root) throws IOException {
        try (Home home = Home.open(root, "bench")) {
            Datasets datasets = new Datasets(
                    new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                    _ -> List.of(),
                    ImageLimits.DEFAULT,
                    Clock.systemUTC());
            datasets.create("drawn", ImageTask.CLASSIFICATION, List.of(), "bench");
            long start = System.nanoTime();
            DatasetSource source = DatasetSource.of(folder, ReadOptions.DEFAULT);
            AddReport report = datasets.add("drawn", source.intake(), AddOptions.DEFAULT, (done, total) -> {});
            double added = (System.nanoTime() - start) / 1e9;
            datasets.versions().commit("drawn", "add", "bench");
            double seconds = (System.nanoTime() - start) / 1e9;
            BenchReport.say("add: %.1f s, of it %.1f s the commit".formatted(seconds, seconds - added));
            if (report.counts().added() != IMAGES) {
                throw new IllegalStateException(
                        "%d images were added".formatted(report.counts().added()));
            }
            return seconds;
        } finally {
            delete(root);
        }
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
