package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewItem;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.storage.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A data set of 10,000 and one of a million items on the embedded database: a commit after changing 10 items, the
 * difference of two versions that differ in 1,000, and the first page that two tags filter. Images are rows without
 * bytes here, since none of the three reads them.
 */
final class DatasetScaleBench {

    private static final int SMALL = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int BATCH = 1000;
    private static final int ROUNDS = 9;
    private static final int CAMERAS = 8;
    private static final int LINES = 5;
    private static final String PACK =
            ContentHash.ofText("a pack that is never read").toString();

    private final Home home;
    private final Datasets datasets;

    private DatasetScaleBench(Home home) {
        this.home = home;
        this.datasets = new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                _ -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
    }

    static void run() throws IOException {
        Path root = Files.createTempDirectory("fovea-scale");
        try (Home home = Home.open(root, "bench")) {
            DatasetScaleBench bench = new DatasetScaleBench(home);
            bench.fill("small", SMALL);
            bench.fill("large", LARGE);
            BenchReport.say("database: %,d MB".formatted(Files.size(root.resolve("fovea.db")) >> 20));
            bench.measure();
        } finally {
            AddBench.delete(root);
        }
    }

    private void fill(String name, int count) {
        Dataset dataset = datasets.create(name, ImageTask.CLASSIFICATION, List.of(), "bench");
        long start = System.nanoTime();
        for (int from = 0; from < count; from += BATCH) {
            home.items()
                    .add(
                            dataset.id(),
                            IntStream.range(from, from + BATCH)
                                    .mapToObj(i -> item(name, i))
                                    .toList());
        }
        double added = seconds(start);
        start = System.nanoTime();
        datasets.versions().commit(name, "all", "bench");
        BenchReport.say("%,d items: added in %.1f s, first commit %.1f s".formatted(count, added, seconds(start)));
    }

    private static ContentHash hash(String name, int number) {
        return ContentHash.ofText(name + " " + number);
    }

    private static NewItem item(String name, int number) {
        return new NewItem(
                new StoredImage(
                        hash(name, number),
                        new ImageSize(640, 480),
                        ImageFormat.JPEG,
                        Optional.empty(),
                        1,
                        new ImagePlace.Packed(PACK, number),
                        ImageTreatment.NONE),
                Split.TRAIN,
                Optional.empty(),
                number + ".jpg",
                new TreeMap<>(Map.of("camera", "" + number % CAMERAS, "line", "" + number / CAMERAS % LINES)),
                Optional.of(NewAnnotation.imported(ClassLabels.of("class " + number % 10))));
    }

    private void measure() {
        double[] small = new double[ROUNDS];
        double[] large = new double[ROUNDS];
        double[] page = new double[ROUNDS];
        double[] found = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            small[round] = commit("small", SMALL, round);
            large[round] = commit("large", LARGE, round);
            page[round] = page(round);
            found[round] = found(round);
        }
        BenchReport.say("commit after changing 10: %.0f ms of 10,000 items, %.0f ms of 1,000,000 (medians of %d)"
                .formatted(median(small), median(large), ROUNDS));
        BenchReport.maximum("commit of 1,000,000 items, 10 changed", median(large), 1000, " ms");
        BenchReport.maximum("commit, 1,000,000 items against 10,000", median(large) / median(small), 1.5, " ×");
        BenchReport.maximum("first page of 1,000,000 items, two tags", median(page), 200, " ms");
        BenchReport.maximum("an image of 1,000,000 by eight digits of its hash", median(found), 50, " ms");
        BenchReport.maximum("difference of versions that differ in 1,000", difference(), 1000, " ms");
    }

    private double commit(String name, int count, int round) {
        List<ContentHash> images = IntStream.range(0, 10)
                .mapToObj(i -> hash(name, (int) ((long) (i + 10 * round) * 7919 % count)))
                .toList();
        int changed = datasets.change(name, images, ItemChange.to(round % 2 == 0 ? Split.TEST : Split.VALIDATION));
        long start = System.nanoTime();
        SavedVersion version = datasets.versions().commit(name, "ten", "bench");
        double millis = 1000 * seconds(start);
        if (changed != 10 || version.items() != count) {
            throw new IllegalStateException("%d changed, %d items".formatted(changed, version.items()));
        }
        return millis;
    }

    private double page(int round) {
        ItemFilter filter = ItemFilter.parse(List.of("camera=" + round % CAMERAS, "line=" + round % LINES));
        long start = System.nanoTime();
        int size = datasets.page("large", filter, 0, 60).size();
        double millis = 1000 * seconds(start);
        if (size != 60) {
            throw new IllegalStateException("a page of %d".formatted(size));
        }
        return millis;
    }

    private double found(int round) {
        String digits = hash("large", LARGE / 2 + round).toString();
        long start = System.nanoTime();
        List<ContentHash> found =
                home.items().startingWith(datasets.dataset("large").id(), digits.substring(0, 8), 2);
        double millis = 1000 * seconds(start);
        if (found.stream().noneMatch(hash -> hash.toString().equals(digits))) {
            throw new IllegalStateException("no image " + digits);
        }
        return millis;
    }

    private double difference() {
        SavedVersion before = datasets.versions().version("large", "latest");
        List<ContentHash> images = new ArrayList<>();
        IntStream.range(0, 1000).forEach(i -> images.add(hash("large", LARGE / 2 + 31 * i)));
        int _ = datasets.change("large", images, ItemChange.to(Split.TEST));
        SavedVersion after = datasets.versions().commit("large", "thousand", "bench");
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            var counts = datasets.versions().diff(before, after, 100).counts();
            millis[round] = 1000 * seconds(start);
            if (counts.values().stream().mapToInt(Integer::intValue).sum() != 1000) {
                throw new IllegalStateException(counts.toString());
            }
        }
        return median(millis);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
