package dev.fovea.storage;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.storage.catalog.ImagePacks;
import dev.fovea.storage.catalog.SqlVersions;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.LeftoverFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Works on a data set and sends itself SIGKILL at one point of the work, or says what it did until it is killed. */
final class KilledCurator {

    static final String NAME = "shirts";

    /** Where it ends. */
    enum Point {
        ADD_BEFORE_THE_PACK,
        ADD_AFTER_THE_PACK,
        FORGET_BEFORE_THE_NEW_PACK,
        FORGET_AFTER_THE_NEW_PACK,
        FORGET_AT_THE_SECOND_IMAGE,
        FORGET_BEFORE_THE_LEFTOVERS,
        FORGET_AT_THE_LEFTOVERS,
        /** Adds, commits and forgets until it is killed from outside. */
        NONE
    }

    private final Home home;
    private final Point point;
    private int written;

    private KilledCurator(Home home, Point point) {
        this.home = home;
        this.point = point;
    }

    public static void main(String[] arguments) {
        Point point = Point.valueOf(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        HomeSettings settings = Pair.settings(List.of(arguments).subList(2, arguments.length));
        try (Home home = Home.open(settings, "0.1.0")) {
            KilledCurator curator = new KilledCurator(home, point);
            switch (point) {
                case ADD_BEFORE_THE_PACK, ADD_AFTER_THE_PACK -> add(curator.datasets(), first, 5);
                case FORGET_BEFORE_THE_NEW_PACK,
                        FORGET_AFTER_THE_NEW_PACK,
                        FORGET_AT_THE_SECOND_IMAGE,
                        FORGET_BEFORE_THE_LEFTOVERS,
                        FORGET_AT_THE_LEFTOVERS -> forget(curator.datasets(), first, 2);
                case NONE -> curator.work(first);
            }
        }
    }

    /** Nothing is forgotten but the first image of each round. */
    private void work(int first) {
        Datasets datasets = datasets();
        for (int at = first; ; at += 10) {
            add(datasets, at, 10);
            System.out.println("added " + at);
            System.out.println("committed "
                    + datasets.versions().commit(NAME, "round", "ada").id());
            forget(datasets, at, 1);
            System.out.println("forgotten " + at);
            System.out.println("committed "
                    + datasets.versions().commit(NAME, "round", "ada").id());
            System.out.flush();
        }
    }

    static void add(Datasets datasets, int first, int count) {
        datasets.add(
                NAME,
                IntStream.range(first, first + count)
                        .mapToObj(seed -> NoiseImages.incoming(seed, Optional.of(ClassLabels.of("none"))))
                        .toList(),
                AddOptions.DEFAULT,
                IngestProgress.SILENT);
    }

    static void forget(Datasets datasets, int first, int count) {
        datasets.forget(
                IntStream.range(first, first + count)
                        .mapToObj(KilledCurator::hash)
                        .toList(),
                "ada",
                "asked by a person");
    }

    static ContentHash hash(int seed) {
        return ContentHash.of(NoiseImages.png(seed));
    }

    private Datasets datasets() {
        BlobStore blobs = new KillingBlobs();
        return datasets(home, blobs, () -> {
            if (point == Point.FORGET_BEFORE_THE_LEFTOVERS) {
                die();
            }
            HomeStores stores = home.stores();
            new LeftoverFiles(stores.database(), blobs, stores.bundles(), InstantSource.system()).remove();
        });
    }

    static Datasets datasets(Home home, BlobStore blobs, Runnable leftovers) {
        HomeStores stores = home.stores();
        return new Datasets(
                new Datasets.DatasetStores(
                        home.catalog(),
                        home.items(),
                        new SqlVersions(stores.database(), blobs),
                        new ImagePacks(stores.database(), blobs)),
                new Datasets.Learners() {
                    @Override
                    public List<String> of(ContentHash image) {
                        return List.of();
                    }

                    @Override
                    public void deleteCopies() {
                        leftovers.run();
                    }
                },
                ImageLimits.DEFAULT,
                Clock.systemUTC());
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The blobs of the home, with the points at which the process ends. */
    private final class KillingBlobs implements BlobStore {

        private final BlobStore blobs = home.blobs();

        @Override
        public String put(byte[] bytes) {
            written++;
            dieAt(1, Point.ADD_BEFORE_THE_PACK, Point.FORGET_BEFORE_THE_NEW_PACK);
            dieAt(2, Point.FORGET_AT_THE_SECOND_IMAGE, Point.FORGET_AT_THE_SECOND_IMAGE);
            String id = blobs.put(bytes);
            dieAt(1, Point.ADD_AFTER_THE_PACK, Point.FORGET_AFTER_THE_NEW_PACK);
            return id;
        }

        private void dieAt(int count, Point one, Point other) {
            if (written == count && (point == one || point == other)) {
                die();
            }
        }

        @Override
        public byte[] read(String id) {
            return blobs.read(id);
        }

        @Override
        public byte[] read(String id, long position, int length) {
            return blobs.read(id, position, length);
        }

        @Override
        public boolean contains(String id) {
            return blobs.contains(id);
        }

        @Override
        public void remove(String id) {
            if (point == Point.FORGET_AT_THE_LEFTOVERS) {
                die();
            }
            blobs.remove(id);
        }
    }
}
