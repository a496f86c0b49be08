package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.storage.KilledCurator.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed with SIGKILL while it adds, commits and forgets images of a data set. */
@ParameterizedClass
@EnumSource(Pair.class)
class KilledCuratorTest {

    private static final int KEPT = 8;
    private static final int FRESH = 1000;
    private static final int ROUNDS = 4;
    private static final long LONGEST_MOMENT = 200_000_000; // nanoseconds: about one turn of the curator's loop

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private String version;

    @BeforeEach
    void shouldHaveADataset() {
        settings = pair.in(directory.resolve("home"));
        try (Home home = Home.open(settings, "0.1.0")) {
            Datasets datasets = datasets(home);
            datasets.create(
                    KilledCurator.NAME, ImageTask.CLASSIFICATION, List.of(ClassDefinition.named("none")), "ada");
            KilledCurator.add(datasets, 0, KEPT);
            version = datasets.versions()
                    .commit(KilledCurator.NAME, "first", "ada")
                    .id();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Point.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldLoseNothingAndGoOnFromWhereItWasKilled(Point point) throws Exception {
        boolean adds = point == Point.ADD_BEFORE_THE_PACK || point == Point.ADD_AFTER_THE_PACK;

        Process child = start(point, adds ? FRESH : 0);
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).as("exit of a killed process").isEqualTo(128 + 9);

        try (Home home = Home.open(settings, "0.1.0")) {
            Datasets datasets = datasets(home);
            assertIntact(datasets);
            assertThat(datasets.versions().log(KilledCurator.NAME))
                    .extracting(SavedVersion::id)
                    .contains(version);
            if (adds) {
                KilledCurator.add(datasets, FRESH, 5);
                assertThat(datasets.summary(KilledCurator.NAME).items()).isEqualTo(KEPT + 5);
            } else {
                KilledCurator.forget(datasets, 0, 2);
                assertThat(datasets.summary(KilledCurator.NAME).items()).isEqualTo(KEPT - 2);
                assertThat(datasets.tombstones()).hasSize(2);
            }
            assertIntact(datasets);
            home.leftovers(Clock.offset(Clock.systemUTC(), Duration.ofDays(2))).remove();
            assertIntact(datasets);
            assertNoOrphans(home);
        }
        if (!adds) {
            assertGone(0);
            assertGone(1);
        }
    }

    @Test
    void shouldRemoveAPackADayAfterItsProcessWasKilled() throws Exception {
        Process child = start(Point.ADD_AFTER_THE_PACK, FRESH);
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();

        try (Home home = Home.open(settings, "0.1.0")) {
            assertThat(blobs()).as("the process may be at work elsewhere").hasSize(2);
            home.leftovers(Clock.offset(Clock.systemUTC(), Duration.ofHours(25)))
                    .remove();
            assertNoOrphans(home);
            assertThat(blobs()).hasSize(1);
            assertIntact(datasets(home));
        }
    }

    @Test
    void shouldKeepEverythingAcknowledgedWhereverItIsKilled() throws Exception {
        Random random = new Random(11);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(
                    workUntilKilled(FRESH * (round + 1), 1 + random.nextInt(8), random.nextLong(LONGEST_MOMENT)));
            try (Home home = Home.open(settings, "0.1.0")) {
                assertKept(datasets(home), acknowledged);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
        try (Home home = Home.open(settings, "0.1.0")) {
            home.leftovers(Clock.offset(Clock.systemUTC(), Duration.ofDays(2))).remove();
            assertNoOrphans(home);
            assertKept(datasets(home), acknowledged);
        }
    }

    @Test
    void shouldKeepWhatTwoProcessesChangeAtOnce() throws Exception {
        Process one = start(Point.NONE, FRESH);
        Process other = start(Point.NONE, 2 * FRESH);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader first = ChildProcess.output(one);
                BufferedReader second = ChildProcess.output(other)) {
            for (int i = 0; i < 8; i++) {
                acknowledged.add(first.readLine());
                acknowledged.add(second.readLine());
            }
            assertThat(one.toHandle().destroyForcibly()).isTrue();
            assertThat(other.toHandle().destroyForcibly()).isTrue();
            first.lines().forEach(acknowledged::add);
            second.lines().forEach(acknowledged::add);
        }
        assertThat(one.waitFor() + other.waitFor())
                .as("exits of killed processes")
                .isEqualTo(2 * (128 + 9));

        try (Home home = Home.open(settings, "0.1.0")) {
            assertKept(datasets(home), acknowledged);
        }
    }

    private List<String> workUntilKilled(int first, int lines, long moment) throws IOException, InterruptedException {
        Process child = start(Point.NONE, first);
        List<String> said = new ArrayList<>();
        try (BufferedReader output = ChildProcess.output(child)) {
            for (String line = output.readLine(); line != null && said.size() < lines; line = output.readLine()) {
                said.add(line);
            }
            assertThat(child.waitFor(moment, TimeUnit.NANOSECONDS)).isFalse();
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            output.lines().forEach(said::add);
        }
        assertThat(child.waitFor()).as("exit of a killed process").isEqualTo(128 + 9);
        return said;
    }

    private static void assertKept(Datasets datasets, List<String> acknowledged) {
        assertIntact(datasets);
        List<String> versions = datasets.versions().log(KilledCurator.NAME).stream()
                .map(SavedVersion::id)
                .toList();
        for (String line : acknowledged) {
            String what = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(' '))) {
                case "added" ->
                    IntStream.range(1, 10)
                            .map(i -> Integer.parseInt(what) + i)
                            .forEach(seed -> assertThat(datasets.find(KilledCurator.NAME, KilledCurator.hash(seed)))
                                    .isPresent());
                case "forgotten" -> {
                    assertThat(datasets.find(KilledCurator.NAME, KilledCurator.hash(Integer.parseInt(what))))
                            .isEmpty();
                    assertThat(datasets.tombstones())
                            .anyMatch(each -> each.image().equals(KilledCurator.hash(Integer.parseInt(what))));
                }
                case "committed" -> assertThat(versions).contains(what);
                default -> throw new AssertionError(line);
            }
        }
    }

    private Process start(Point point, int first) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(point.name(), String.valueOf(first)));
        arguments.addAll(Pair.arguments(settings));
        return ChildProcess.start(KilledCurator.class, arguments.toArray(String[]::new));
    }

    private static Datasets datasets(Home home) {
        return KilledCurator.datasets(home, home.blobs(), () -> home.leftovers().remove());
    }

    private static void assertIntact(Datasets datasets) {
        assertThat(datasets.verify(KilledCurator.NAME, IngestProgress.SILENT).faults())
                .isEmpty();
    }

    private void assertNoOrphans(Home home) throws IOException {
        List<String> named = home.stores()
                .database()
                .read(transaction -> transaction.list(
                        "SELECT DISTINCT pack FROM image WHERE pack IS NOT NULL", row -> row.getString(1)));
        assertThat(blobs()).containsExactlyInAnyOrderElementsOf(new TreeSet<>(named));
    }

    private List<String> blobs() throws IOException {
        try (Stream<Path> files = Files.walk(pair.files(settings).resolve("blobs"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** No file below the home has the bytes of the image. */
    private void assertGone(int seed) throws IOException {
        String bytes = new String(NoiseImages.png(seed), StandardCharsets.ISO_8859_1);
        for (Path root : Set.of(settings.root(), pair.files(settings).resolve("blobs"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(bytes);
                }
            }
        }
    }
}
