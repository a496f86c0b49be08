package dev.fovea.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.traffic.LoneServer;
import dev.fovea.storage.traffic.SampleRows;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.KeepCandidate;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeepStore;
import dev.fovea.traffic.retention.PartCounts;
import dev.fovea.traffic.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies within and between the pairs that a home is kept in. */
@ParameterizedClass
@CsvSource({
    "SQLITE_AND_DIRECTORY, POSTGRESQL_AND_S3",
    "POSTGRESQL_AND_S3, SQLITE_AND_DIRECTORY",
    "SQLITE_AND_DIRECTORY, SQLITE_AND_DIRECTORY",
})
class HomeCopyTest {

    @Parameter(0)
    private Pair source;

    @Parameter(1)
    private Pair target;

    @TempDir
    private Path directory;

    private HomeSettings from;
    private HomeSettings to;
    private String bundle = "";
    private String pack = "";

    @BeforeEach
    void fill() throws IOException {
        from = source.in(directory.resolve("from"));
        to = target.in(directory.resolve("to"));
        try (Home home = Home.open(from, "0.1.0")) {
            Registry registry = new Registry(home.models(), InstantSource.system());
            bundle = home.bundles().put(bundle("one"));
            for (int i = 0; i < 3; i++) {
                registry.register(registration("ärmel \" ✓ " + i), "ada");
            }
            registry.promote("shirts", 2, "ada", "better");
            registry.canary("shirts", 3, 12.5, "ada", "try");
            pack = home.evaluations().putPack("thumbnails".getBytes(UTF_8));
            home.evaluations().save(evaluation(), List.of(image()));
            home.monitoring("here")
                    .save(List.of(new MonitoringStore.Saved(new VersionId("shirts", 1), new byte[] {0, -1, 7})));
        }
    }

    @Test
    void shouldFindEverythingInTheCopy() {
        AtomicInteger steps = new AtomicInteger();
        try (Home home = Home.open(from, "0.1.0");
                Home copy = Home.open(to, "0.1.0")) {
            HomeCopy.CopyReport report = new HomeCopy(home, copy, (done, of) -> steps.set(done)).run();
            assertThat(report.bundles()).isEqualTo(1);
            assertThat(report.packs()).isEqualTo(1);
            assertThat(report.rows()).containsEntry("model_version", 3L).containsEntry("evaluation_image", 1L);
            assertThat(copy.models().models()).isEqualTo(home.models().models());
            assertThat(copy.models().revision()).isEqualTo(home.models().revision());
            assertThat(copy.models().audit("shirts", 9)).isEqualTo(home.models().audit("shirts", 9));
            assertThat(copy.evaluations().images("01A")).containsExactly(image());
        }
        assertThat(steps).hasValue(2);
        try (Home copy = Home.open(to, "0.1.0")) {
            assertThat(copy.bundles().path(bundle).resolve("model.onnx")).hasContent("the network of one");
            assertThat(copy.evaluations().pack(pack)).asString(UTF_8).isEqualTo("thumbnails");
            assertThat(new Registry(copy.models(), InstantSource.system())
                            .register(registration("after"), "bob")
                            .number())
                    .isEqualTo(4);
        }
    }

    @Test
    void shouldCopyThePredictionLogAndImagesThatMayBeKept() {
        List<LoggedPrediction> rows = SampleRows.ofEveryTask();
        KeepPart part = KeepPart.first("shirts", LocalDate.parse("2026-11-30"));
        KeepCandidate candidate = new KeepCandidate(
                "01C",
                part,
                ImageOrigin.of(rows.getFirst()),
                Map.of(KeepReason.RANDOM, 0.5),
                "the image".getBytes(UTF_8).length);
        try (Home home = Home.open(from, "0.1.0")) {
            log(home, rows);
            KeepStore kept = home.production().retention();
            KeepPolicy policy = new KeepPolicy("shirts", "", Retention.perDay(5, 0, 0), KeepPolicy.USUAL_BYTES, 30);
            kept.put(policy);
            kept.open(policy, part.day());
            kept.stage(
                    part,
                    new PartCounts(1, 0),
                    List.of(new KeepStore.StagedImage(candidate, "the image".getBytes(UTF_8))));
        }
        AtomicInteger steps = new AtomicInteger();
        try (Home home = Home.open(from, "0.1.0");
                Home copy = Home.open(to, "0.1.0")) {
            HomeCopy.CopyReport report = new HomeCopy(home, copy, (done, of) -> steps.set(of)).run();

            assertThat(report.logFiles()).isEqualTo(1);
            assertThat(report.packs()).isEqualTo(2);
            assertThat(steps).hasValue(4);
            assertThat(logged(copy)).isEqualTo(rows);
            assertThat(logged(home)).isEqualTo(rows);
        }
        try (Home copy = Home.open(to, "0.1.0")) {
            assertThat(copy.production().retention().file(candidate))
                    .hasValueSatisfying(file -> assertThat(file).asString(UTF_8).isEqualTo("the image"));
        }
    }

    @Test
    void shouldRefuseATargetWithAnotherPredictionLog() {
        try (Home home = Home.open(from, "0.1.0")) {
            log(home, SampleRows.ofEveryTask());
        }
        Path third = directory.resolve("third");
        try (Home copy = Home.open(to, "0.1.0");
                Home empty = Home.open(third, "0.1.0")) {
            log(copy, SampleRows.ofEveryTask());
            var _ = new HomeCopy(copy, empty, (done, of) -> {}).run(); // its rows become a file
        }

        try (Home home = Home.open(from, "0.1.0");
                Home copy = Home.open(to, "0.1.0")) {
            assertThatThrownBy(() -> new HomeCopy(home, copy, (done, of) -> {}).run())
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                    .hasMessageContaining("prediction log");
            assertThat(copy.models().models()).isEmpty();
        }
    }

    private static void log(Home home, List<LoggedPrediction> rows) {
        try (TrafficLog log =
                home.production().traffic().write(TrafficSettings.DEFAULT, LoneServer.LEASES, InstantSource.system())) {
            log.append(rows);
        }
    }

    private static List<LoggedPrediction> logged(Home home) {
        Instant end = Instant.parse("2100-01-01T00:00:00Z");
        try (TrafficQueries queries = home.production().traffic().queries()) {
            return queries.newest(TrafficFilter.of("shirts", Instant.EPOCH, end), 100, 0)
                    .reversed();
        }
    }

    @Test
    void shouldRefuseATargetThatIsNotEmpty() {
        try (Home home = Home.open(from, "0.1.0");
                Home copy = Home.open(to, "0.1.0")) {
            new Registry(copy.models(), InstantSource.system()).register(registration("mine"), "bob");
            assertThatThrownBy(() -> new HomeCopy(home, copy, (done, of) -> {}).run())
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                    .hasMessageContaining("not empty");
            assertThat(copy.models().models().getFirst().versions()).hasSize(1);
        }
    }

    @Test
    void shouldCopyNoRowsOfAHomeWithADamagedBundle() throws IOException {
        Path stored = source.files(from)
                .resolve("bundles")
                .resolve(bundle.substring(0, 2))
                .resolve(bundle);
        Files.writeString(stored.resolve("model.onnx"), "damaged");
        Files.deleteIfExists(
                directory.resolve("from/cache/bundles/" + bundle.substring(0, 2) + "/" + bundle + "/model.onnx"));
        try (Home home = Home.open(from, "0.1.0");
                Home copy = Home.open(to, "0.1.0")) {
            assertThatThrownBy(() -> new HomeCopy(home, copy, (done, of) -> {}).run())
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT));
            assertThat(copy.models().models()).isEmpty();
        }
    }

    private Path bundle(String content) throws IOException {
        Path draft = Files.createDirectories(directory.resolve("draft"));
        Files.writeString(draft.resolve("bundle.json"), "{\"content\":\"" + content + "\"}");
        Files.writeString(draft.resolve("model.onnx"), "the network of " + content);
        return draft;
    }

    private Registration registration(String note) {
        Registration registration = Models.registration("shirts", note);
        return new Registration(
                registration.name(),
                registration.task(),
                bundle,
                registration.labels(),
                note,
                registration.lineage(),
                new Registration.Quality(
                        Map.of("accuracy", 0.1 + 0.2), registration.quality().evaluation()),
                new Registration.NetworkSize(
                        registration.size().sizeBytes(), registration.size().parameters()));
    }

    private static Evaluation evaluation() {
        return new Evaluation(
                "01A",
                "shirts",
                1,
                Evaluation.Origin.EVALUATE,
                "classification",
                new Evaluation.EvaluationSource("ab".repeat(32), "new shirts", 1, 0, 0),
                Instant.EPOCH,
                Models.report());
    }

    private EvaluatedImage image() {
        return new EvaluatedImage(
                0,
                "hole/1.jpg",
                "cd".repeat(32),
                new ImageResult.Classified("hole", "none", 1.0 / 3),
                Optional.of(new EvaluatedImage.Thumbnail(pack, 0, 4)));
    }
}
