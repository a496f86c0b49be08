package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionDeletion;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.traffic.SampleRows;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.StreamedPrediction;
import dev.fovea.traffic.retention.ChosenImage;
import dev.fovea.traffic.retention.ImageRetention;
import dev.fovea.traffic.retention.ImageShelf;
import dev.fovea.traffic.retention.KeepKeys;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeepStore;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class KeptTrafficTest {

    private static final Instant NOON = SampleRows.NOON;
    private static final Instant NEXT_DAY = Instant.parse("2026-12-01T00:02:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-30");

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private HomeSettings settings;
    private Home home;
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final Shelf shelf = new Shelf();
    private Retention retention;

    private static String hash(String file) {
        return ContentHash.ofText(file).toString();
    }

    /** A data set in memory; images whose file begins with "bad" are refused. */
    private static final class Shelf implements ImageShelf {
        private final Map<String, String> files = new HashMap<>();
        private final Set<String> labelled = new HashSet<>();

        @Override
        public String require(String model, String dataset) {
            return dataset.isEmpty() ? model + "-traffic" : dataset;
        }

        @Override
        public String add(ChosenImage image, byte[] file) {
            String text = new String(file, StandardCharsets.UTF_8);
            if (text.startsWith("bad")) {
                throw new FoveaException(ErrorCode.IMAGE_CORRUPT, "It is no image. Send another one.");
            }
            String hash = hash(text);
            files.put(hash, text);
            return hash;
        }

        @Override
        public boolean remove(KeptImage image) {
            return !labelled.contains(image.file().hash())
                    && files.remove(image.file().hash()) != null;
        }
    }

    @BeforeEach
    void open() {
        settings = pair.in(directory);
        reopen();
        Registry registry = new Registry(home.models(), Clock.systemUTC());
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("shirts", ""), "ada");
    }

    private void reopen() {
        home = Home.open(settings, "0.1.0");
        retention = new Retention(
                new Registry(home.models(), Clock.systemUTC()),
                home.production().retention(),
                home.production().keptImages(),
                shelf,
                clock);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private ImageRetention server() {
        return server(home.production().retention());
    }

    /** A server that knows the policies and acts when it is told. */
    private ImageRetention server(KeepStore store) {
        ImageRetention server = new ImageRetention(store, version -> Optional.empty(), clock);
        server.turn();
        return server;
    }

    private static StreamedPrediction image(String request, Instant time, double margin) {
        return image(request, time, margin, "file of " + request);
    }

    private static StreamedPrediction image(String request, Instant time, double margin, String file) {
        LoggedPrediction row = SampleRows.row(
                request,
                time,
                new PredictedOutput.TopLabels(
                        List.of(new LoggedLabel("striped", (float) (0.5 + margin / 2)), new LoggedLabel("plain", (float)
                                (0.5 - margin / 2))),
                        0.5f));
        return new StreamedPrediction(row, Optional.of(file.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<StreamedPrediction> images(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> image("r" + i, NOON.plusSeconds(i), (i * 37 % 307) / 307.0))
                .toList();
    }

    private void policy(int random, int uncertain) {
        var _ = retention.set(
                new KeepPolicy("shirts", "", Retention.perDay(random, uncertain, 0), KeepPolicy.USUAL_BYTES, 30));
    }

    private Set<String> kept(KeepReason reason) {
        return retention.kept("shirts", 10_000, 0).stream()
                .filter(image -> image.reasons().contains(reason))
                .map(image -> image.origin().request())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldBringTheImagesOfADayToTheDataSetWhenItIsOver() {
        policy(5, 3);
        ImageRetention server = server();
        server.take(images(0, 100));
        server.turn();
        assertThat(retention.work().kept()).as("the day is not over").isZero();

        now.set(NEXT_DAY);
        int moved = retention.work().kept();

        assertThat(kept(KeepReason.RANDOM)).hasSize(5);
        assertThat(kept(KeepReason.UNCERTAIN)).containsExactlyInAnyOrder("r0", "r83", "r25");
        assertThat(moved).isEqualTo(shelf.files.size()).isBetween(5, 8);
        KeptImage one = retention.ofRequests("shirts", List.of("r83")).getFirst();
        assertThat(one.origin().version()).isEqualTo(new VersionId("shirts", 2));
        assertThat(one.origin().time()).isEqualTo(NOON.plusSeconds(83));
        assertThat(one.origin().labels())
                .containsExactly(new LoggedLabel("striped", (float) (0.5 + 1 / 614.0)), new LoggedLabel("plain", (float)
                        (0.5 - 1 / 614.0)));
        assertThat(one.file())
                .isEqualTo(new KeptImage.KeptFile(
                        "shirts-traffic", hash("file of r83"), 11, Optional.of(DAY.plusDays(30))));
        assertThat(retention.kept("shirts", 99, 0).stream()
                        .filter(image -> image.reasons().contains(KeepReason.RANDOM))
                        .map(KeptImage::probability))
                .allMatch(Optional.of(0.05)::equals);
        assertThat(retention.totals("shirts").open()).isEmpty();
        assertThat(blobs()).as("staged files are removed").isEmpty();
    }

    @Test
    void shouldListKeptImagesOfATime() {
        policy(100, 0);
        ImageRetention server = server();
        server.take(images(0, 50));
        server.turn();
        now.set(NEXT_DAY);
        int _ = retention.work().kept();

        List<KeptImage> found = retention.kept("shirts", NOON.plusSeconds(10), NOON.plusSeconds(13), 99, 0);

        assertThat(found).extracting(image -> image.origin().request()).containsExactly("r12", "r11", "r10");
        assertThat(retention.kept("shirts", NOON.plusSeconds(10), Retention.FAR, 1, 1))
                .extracting(image -> image.origin().request())
                .containsExactly("r48");
    }

    @Test
    void shouldKeepAnImageOfTwoReasonsOnce() {
        policy(100, 2);
        ImageRetention server = server();
        server.take(images(0, 50));
        server.turn();
        now.set(NEXT_DAY);

        int moved = retention.work().kept();

        assertThat(moved).isEqualTo(50);
        assertThat(retention.ofRequests("shirts", List.of("r0")))
                .singleElement()
                .satisfies(
                        image -> assertThat(image.reasons()).containsExactly(KeepReason.RANDOM, KeepReason.UNCERTAIN));
    }

    @Test
    void shouldKeepOnSeveralServersWhatOneThatSeesAllWouldKeep() {
        policy(10, 10);
        ImageRetention all = server();
        all.take(images(0, 300));
        all.turn();
        now.set(NEXT_DAY);
        var _ = retention.work();
        Set<String> random = kept(KeepReason.RANDOM);
        Set<String> uncertain = kept(KeepReason.UNCERTAIN);
        home.close();
        settings = pair.in(directory.resolve("other"));
        now.set(NOON);
        reopen();
        Registry registry = new Registry(home.models(), Clock.systemUTC());
        registry.register(Models.registration("shirts", ""), "ada");
        registry.register(Models.registration("shirts", ""), "ada");
        policy(10, 10);
        ImageRetention first = server();
        ImageRetention second = server();
        for (int i = 0; i < 300; i += 10) {
            (i % 30 == 0 ? first : second).take(images(i, i + 10));
            (i % 20 == 0 ? first : second).turn();
        }
        first.turn();
        second.turn();
        now.set(NEXT_DAY);

        var _ = retention.work();

        assertThat(kept(KeepReason.RANDOM)).isEqualTo(random).hasSize(10);
        assertThat(kept(KeepReason.UNCERTAIN)).isEqualTo(uncertain).hasSize(10);
        assertThat(retention.kept("shirts", 99, 0).stream()
                        .map(KeptImage::probability)
                        .flatMap(Optional::stream))
                .allMatch(probability -> probability == 10.0 / 300);
    }

    @Test
    void shouldGoOnWithWhatAKilledServerStaged() {
        policy(10, 0);
        ImageRetention killed = server();
        killed.take(images(0, 150));
        killed.turn();
        home.close();
        reopen();
        ImageRetention next = server();
        next.take(images(150, 300));
        next.turn();
        now.set(NEXT_DAY);

        var _ = retention.work();

        assertThat(kept(KeepReason.RANDOM))
                .hasSize(10)
                .isEqualTo(images(0, 300).stream()
                        .sorted((a, b) -> Double.compare(key(a), key(b)))
                        .limit(10)
                        .map(image -> image.row().request().id())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static double key(StreamedPrediction image) {
        return KeepKeys.random(image.row().request().id(), image.row().time());
    }

    @Test
    void shouldBringWhatWasChosenBeforeAProcessWasKilled() {
        policy(10, 0);
        ImageRetention server = server();
        server.take(images(0, 40));
        server.turn();
        KeepPolicy policy = retention.policy("shirts").orElseThrow();
        KeepStore store = home.production().retention();
        store.close(
                policy,
                store.openParts().getFirst(),
                open -> open.staged().stream()
                        .limit(10)
                        .map(candidate -> new ChosenImage(
                                candidate,
                                Set.of(KeepReason.RANDOM),
                                Optional.of(0.25),
                                policy.dataset(),
                                DAY.plusDays(30)))
                        .toList());
        home.close();
        reopen();
        assertThat(retention.totals("shirts").waiting()).isEqualTo(10);

        int moved = retention.work().kept();

        assertThat(moved).isEqualTo(10);
        assertThat(retention.totals("shirts").waiting()).isZero();
    }

    @Test
    void shouldCloseADayEarlyWhenAskedAndKeepWhatIsLeftOfItsNumbers() {
        policy(10, 0);
        ImageRetention server = server();
        server.take(images(0, 6));
        server.turn();

        Retention.Moved moved = retention.finish("shirts");

        assertThat(moved.kept()).isEqualTo(6);
        server.turn();
        server.take(images(6, 100));
        server.turn();
        assertThat(retention.finish("shirts").kept()).isEqualTo(4);
        server.turn();
        server.take(images(100, 200));
        server.turn();
        assertThat(retention.finish("shirts").kept()).as("the day has its ten").isZero();
        assertThat(retention.kept("shirts", 99, 0).stream()
                        .collect(Collectors.groupingBy(image -> image.part().number(), Collectors.counting())))
                .isEqualTo(Map.of(1, 6L, 2, 4L));
    }

    @Test
    void shouldTakeImagesIntoTheNextPartThatCameWhileOneWasClosed() {
        policy(10, 0);
        ImageRetention server = server();
        server.take(images(0, 3));
        server.turn();
        server.take(images(3, 6));

        assertThat(retention.finish("shirts").kept()).isEqualTo(3);

        server.turn();
        server.turn();
        assertThat(retention.finish("shirts").kept()).isEqualTo(3);
    }

    @Test
    void shouldChooseUnderThePolicyUnderWhichImagesCame() {
        policy(4, 0);
        ImageRetention server = server();
        server.take(images(0, 40));
        server.turn();

        policy(6, 0);

        server.turn();
        server.take(images(40, 60));
        server.turn();
        var _ = retention.finish("shirts");
        assertThat(retention.kept("shirts", 99, 0).stream()
                        .collect(Collectors.toMap(
                                image -> image.part().number(),
                                image -> image.probability().orElseThrow(),
                                (one, other) -> one)))
                .isEqualTo(Map.of(1, 4.0 / 40, 2, 2.0 / 20));
    }

    @Test
    void shouldKeepNothingWithoutAPolicyAndAfterItsEnd() {
        ImageRetention server = server();
        assertThat(server.wants("shirts")).isFalse();
        policy(5, 5);
        server.turn();
        assertThat(server.wants("shirts")).isTrue();
        server.take(images(0, 20));
        server.turn();

        boolean ended = retention.end("shirts");

        assertThat(ended).isTrue();
        server.turn();
        assertThat(server.wants("shirts")).isFalse();
        now.set(NEXT_DAY);
        assertThat(retention.work().kept()).isZero();
        assertThat(blobs()).isEmpty();
        assertThat(retention.end("shirts")).isFalse();
        assertThatThrownBy(() -> retention.finish("shirts"))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                .hasMessageContaining("fovea traffic keep shirts");
    }

    @Test
    void shouldRemoveImagesAfterTheirDaysExceptLabelledOnes() {
        policy(3, 0);
        ImageRetention server = server();
        server.take(images(0, 3));
        server.turn();
        var _ = retention.finish("shirts");
        shelf.labelled.add(hash("file of r1"));
        now.set(NOON.plus(Duration.ofDays(29)));
        var _ = retention.work();
        assertThat(shelf.files).hasSize(3);

        now.set(NOON.plus(Duration.ofDays(30)));
        var _ = retention.work();

        assertThat(shelf.files).containsOnlyKeys(hash("file of r1"));
        assertThat(retention.kept("shirts", 9, 0)).singleElement().satisfies(image -> {
            assertThat(image.origin().request()).isEqualTo("r1");
            assertThat(image.file().expires()).isEmpty();
        });
        assertThat(retention.totals("shirts").bytes()).isZero();
    }

    @Test
    void shouldRemoveTheOldestImagesAboveTheBytes() {
        var _ = retention.set(new KeepPolicy("shirts", "", Retention.perDay(10, 0, 0), 1_000_000, 30));
        ImageRetention server = server();
        String half = "x".repeat(400_000);
        for (int day = 0; day < 4; day++) {
            now.set(NOON.plus(Duration.ofDays(day)));
            server.turn();
            server.take(List.of(image("d" + day, now.get(), 0.5, half + day)));
            server.turn();
            var _ = retention.finish("shirts");
        }

        var _ = retention.work();

        assertThat(kept(KeepReason.RANDOM)).containsExactly("d2", "d3");
        assertThat(shelf.files).hasSize(2);
    }

    @Test
    void shouldKeepTheFileWhileAnotherRequestNeedsIt() {
        policy(5, 0);
        ImageRetention server = server();
        server.take(List.of(image("a", NOON, 0.5, "same")));
        server.turn();
        var _ = retention.finish("shirts");
        now.set(NOON.plus(Duration.ofDays(10)));
        server.turn();
        server.take(List.of(image("b", now.get(), 0.5, "same")));
        server.turn();
        var _ = retention.finish("shirts");
        assertThat(retention.images().ofImage("shirts-traffic", hash("same"))).hasSize(2);
        now.set(NOON.plus(Duration.ofDays(30)));

        var _ = retention.work();

        assertThat(shelf.files).containsOnlyKeys(hash("same"));
        assertThat(kept(KeepReason.RANDOM)).containsExactly("b");
        now.set(NOON.plus(Duration.ofDays(40)));
        var _ = retention.work();
        assertThat(shelf.files).isEmpty();
    }

    @Test
    void shouldCountWhatADataSetRefusesAndGoOn() {
        policy(5, 0);
        ImageRetention server = server();
        server.take(List.of(image("a", NOON, 0.5, "bad"), image("b", NOON, 0.5, "good")));
        server.turn();

        Retention.Moved moved = retention.finish("shirts");

        assertThat(moved).isEqualTo(new Retention.Moved(1, 1));
        assertThat(blobs()).isEmpty();
    }

    @Test
    void shouldCountWhatAFullDiskLosesAndLetOthersTakeTheirPlace() {
        policy(3, 0);
        KeepStore real = home.production().retention();
        AtomicReference<Boolean> full = new AtomicReference<>(true);
        ImageRetention server = server((KeepStore) Proxy.newProxyInstance(
                KeepStore.class.getClassLoader(), new Class<?>[] {KeepStore.class}, (proxy, method, arguments) -> {
                    if (full.get() && method.getName().equals("stage")) {
                        throw new FoveaException(ErrorCode.STORAGE_FAILED, "The disk is full. Free space on it.");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        server.take(images(0, 10));
        assertThatThrownBy(server::turn).hasMessageContaining("full");
        assertThat(server.status().lost().get("shirts")).isPositive();

        full.set(false);
        server.take(images(10, 20));
        server.turn();

        assertThat(retention.finish("shirts").kept()).isEqualTo(3);
        assertThat(retention.kept("shirts", 9, 0))
                .allSatisfy(image -> assertThat(image.probability()).contains(3.0 / 20));
    }

    @Test
    void shouldKeepNoMoreFilesThanNeededOfALongDay() {
        policy(5, 5);
        ImageRetention server = server();
        for (int i = 0; i < 60; i++) {
            // each is more uncertain than all before
            server.take(List.of(image("r" + i, NOON.plusSeconds(i), 1 - i / 60.0)));
            server.turn();
            assertThat(retention.totals("shirts").open().getFirst().staged()).isLessThanOrEqualTo(37);
        }
        var _ = retention.finish("shirts");
        assertThat(kept(KeepReason.UNCERTAIN)).containsExactly("r55", "r56", "r57", "r58", "r59");
    }

    @Test
    void shouldGoWithItsModelAndLeaveKeptImagesToExpire() {
        policy(5, 0);
        ImageRetention server = server();
        server.take(images(0, 3));
        server.turn();
        var _ = retention.finish("shirts");
        server.turn();
        server.take(images(3, 5));
        server.turn();
        assertThat(retention.totals("shirts").open().getFirst().staged()).isEqualTo(2);

        VersionDeletion deletion =
                new VersionDeletion(new Registry(home.models(), Clock.systemUTC()), home.leftovers());
        deletion.unregisterAll("shirts", true, "ada", "");
        deletion.removeFiles();

        assertThat(home.production().retention().policies()).isEmpty();
        assertThat(home.production().retention().openParts()).isEmpty();
        assertThat(blobs()).isEmpty();
        now.set(NOON.plus(Duration.ofDays(30)));
        var _ = retention.work();
        assertThat(shelf.files).isEmpty();
    }

    @Test
    void shouldRefuseAPolicyThatKeepsNothingOrTooMuch() {
        assertThatThrownBy(() -> policy(0, 0)).hasMessageContaining("No image would be kept");
        assertThatThrownBy(() -> policy(10_001, 0)).hasMessageContaining("give 0 to 10,000");
        assertThatThrownBy(() -> new KeepPolicy("shirts", "", Retention.perDay(1, 0, 0), 5, 30))
                .hasMessageContaining("5 bytes are too few");
        assertThatThrownBy(() -> new KeepPolicy("shirts", "", Retention.perDay(1, 0, 0), 1_000_000, 0))
                .hasMessageContaining("0 days; give 1 to 3,650");
    }

    private List<Path> blobs() {
        Path blobs = pair.files(settings).resolve("blobs");
        if (!Files.exists(blobs)) {
            return new ArrayList<>();
        }
        try (Stream<Path> all = Files.walk(blobs)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
