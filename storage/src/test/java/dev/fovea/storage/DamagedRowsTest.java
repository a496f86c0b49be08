package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.Alias;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionId;
import dev.fovea.remote.guard.MonthlyCost;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stored row damaged in turn: it costs what it describes, and everything else is read and written as before. */
class DamagedRowsTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 11);
    private static final Tuning TUNING =
            new Tuning(Optional.empty(), List.of(new TuningTrial(new InstanceSettings(1, 2, 8), 100, 3.5, 12.25)));

    @TempDir
    private Path directory;

    /** Two models, of which {@code shirts} has everything that a model can have. */
    @BeforeEach
    void fill() {
        try (Home home = Home.open(directory, "0.1.0")) {
            Registry registry = registry(home);
            for (String name : List.of("shirts", "shirts", "mugs")) {
                registry.register(Models.registration(name, ""), "ada");
            }
            registry.promote("mugs", 1, "ada", "");
            registry.promote("shirts", 1, "ada", "");
            registry.canary("shirts", 2, 5, "ada", "");
            registry.assistance()
                    .cascade(
                            "shirts",
                            new Cascade(new ModelRef.Local("mugs"), 0.8, 1, Instant.EPOCH, Optional.empty()),
                            "ada",
                            "");
            registry.assistance().fallback("shirts", new Fallback.Label("none"), "ada", "");
            registry.register(Models.registration("shirts", ""), "ada");
            registry.archive("shirts", 3, "ada", "");
            home.tunings().save("b1", "here", TUNING);
            home.tunings().save("b2", "here", TUNING);
            DatasetVersion version = dataset();
            home.datasets().save(version, report(version));
            int _ = new Jobs(home.jobs(), JobOwner.current(), InstantSource.system())
                    .run(Models.training("shirts"), Models.SILENT, progress -> 1, one -> Models.OUTCOME);
            home.monitoring("here")
                    .save(List.of(
                            new MonitoringStore.Saved(new VersionId("mugs", 1), new byte[] {1, 2}),
                            new MonitoringStore.Saved(new VersionId("shirts", 1), new byte[] {1, 2, 3})));
            home.costs().change("vision", MONTH, cost -> new MonthlyCost(MONTH, 1, 1500));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE tuning SET result = replace(result, '12.25', '\"Infinity\"') WHERE bundle = 'b1'",
                "UPDATE tuning SET result = '{' WHERE bundle = 'b1'",
                "UPDATE tuning SET result = replace(result, '\"threads\":1', '\"threads\":0') WHERE bundle = 'b1'",
                "UPDATE model_version SET labels = '[' WHERE model = 'shirts'",
                "UPDATE model_version SET lineage = 'null' WHERE model = 'shirts'",
                "UPDATE model_version SET metrics = '{\"accuracy\": \"much\"}' WHERE model = 'shirts'",
                "UPDATE model_version SET number = 'x' WHERE model = 'shirts' AND number = 2",
                "UPDATE model_version SET number = 'x' WHERE model = 'shirts' AND number = 1",
                "DELETE FROM model_version WHERE model = 'shirts'",
                "UPDATE model SET name = '../x' WHERE name = 'shirts'",
                "UPDATE model SET canary_percent = 'lots' WHERE name = 'shirts'",
                "UPDATE model SET canary_version = 9 WHERE name = 'shirts'",
                "UPDATE promotion SET version = 9 WHERE model = 'shirts'",
                "DELETE FROM promotion WHERE model = 'shirts'",
                "UPDATE model_alias SET alias = 'KING' WHERE model = 'shirts' AND alias = 'PRODUCTION'",
                "UPDATE model_alias SET version = 9 WHERE model = 'shirts'",
                "UPDATE model_cascade SET threshold = 'x'",
                "UPDATE model_cascade SET larger = ''",
                "UPDATE model_cascade SET expected = '{'",
                "UPDATE model_fallback SET label = NULL, other = ''",
                "UPDATE archived_version SET number = 'x'",
                "UPDATE archived_version SET number = 1",
                "INSERT INTO leftover (kind, id) VALUES ('BUNDLE', '../../x'), ('SONG', 'x')",
                "UPDATE audit SET action = 'SING' WHERE model = 'shirts'",
                "UPDATE job SET state = 'LOST'",
                "UPDATE monitoring_state SET state = x'43000000' WHERE model = 'shirts'",
                "UPDATE monitoring_state SET state = x'4300000000ff' WHERE model = 'shirts'",
                "UPDATE dataset_version SET labels = '['",
                "UPDATE dataset_version SET content = '{'",
                "UPDATE remote_cost SET micros = 'x'",
                "UPDATE registry_revision SET value = 'x'",
                "UPDATE registry_revision SET value = 1",
                "DELETE FROM registry_revision",
                "UPDATE home SET schema_version = 'x'",
                "DELETE FROM home"
            })
    void shouldLeaveOutDamagedEntryOnly(String damage) throws SQLException {
        damage(damage);
        try (Home home = Home.open(directory, "0.1.0")) {
            Registry registry = registry(home);
            assertThat(registry.models()).extracting(RegisteredModel::name).contains("mugs");
            assertThat(registry.model("mugs").alias(Alias.PRODUCTION)).isPresent();
            assertThat(home.tunings().find("b2", "here")).contains(TUNING);
            assertThat(home.monitoring("here").load())
                    .extracting(MonitoringStore.Saved::id)
                    .contains(new VersionId("mugs", 1));
            assertThat(registry.audit("mugs", 9)).isNotEmpty();
            new Jobs(home.jobs(), JobOwner.current(), InstantSource.system()).recover();
            assertThat(home.jobs().recent(9)).hasSizeLessThan(2);
            home.datasets().list();

            long revision = registry.revision();
            assertThat(registry.register(Models.registration("mugs", ""), "ada").number())
                    .isEqualTo(2);
            assertThat(registry.promote("mugs", 2, "ada", "").promotions()).hasSize(2);
            assertThat(registry.revision()).isGreaterThan(revision);
        }
    }

    /** As the log says for each. */
    @Test
    void shouldBeRepairedByNamedCommands() throws SQLException {
        damage("UPDATE tuning SET result = '{'");
        damage("UPDATE dataset_version SET content = '{', labels = '['");
        damage("UPDATE model_alias SET version = 9 WHERE model = 'shirts'");
        damage("UPDATE promotion SET version = 9 WHERE model = 'shirts'");
        damage("UPDATE model SET canary_version = 9 WHERE name = 'shirts'");
        damage("UPDATE model_cascade SET threshold = 'x'");
        try (Home home = Home.open(directory, "0.1.0")) {
            Registry registry = registry(home);
            assertThat(home.tunings().find("b1", "here")).isEmpty();
            home.tunings().save("b1", "here", TUNING);
            assertThat(home.tunings().find("b1", "here")).contains(TUNING);

            DatasetVersion version = dataset();
            assertThatThrownBy(() -> home.datasets().find(version.id()))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID));
            assertThat(home.datasets().list()).isEmpty();
            home.datasets().save(version, report(version));
            assertThat(home.datasets().find(version.id())).contains(version);
            assertThat(home.datasets().list()).hasSize(1);

            assertThat(registry.model("shirts").alias(Alias.PRODUCTION)).isEmpty();
            assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.None());
            assertThat(registry.model("shirts").assistance().cascade()).isEmpty();
            registry.promote("shirts", 2, "ada", "");
            registry.canary("shirts", 1, 10, "ada", "");
            assertThat(registry.model("shirts")
                            .alias(Alias.PRODUCTION)
                            .orElseThrow()
                            .number())
                    .isEqualTo(2);
            assertThat(registry.model("shirts").rollout()).isEqualTo(new Rollout.CanaryTraffic(1, 10));
        }
    }

    /** Production is written twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE promotion SET version = 9 WHERE model = 'shirts'",
                "UPDATE model_alias SET alias = 'KING' WHERE model = 'shirts' AND alias = 'PRODUCTION'"
            })
    void shouldKeepAModelInProductionWhenOneOfItsTwoRecordsIsDamaged(String damage) throws SQLException {
        damage(damage);
        try (Home home = Home.open(directory, "0.1.0")) {
            RegisteredModel model = registry(home).model("shirts");
            assertThat(model.alias(Alias.PRODUCTION).orElseThrow().number()).isEqualTo(1);
            assertThat(model.promotion().orElseThrow().version()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotReadDamagedCostAsZero() throws SQLException {
        damage("UPDATE remote_cost SET micros = 'x'");
        try (Home home = Home.open(directory, "0.1.0")) {
            assertThatThrownBy(() -> home.costs().change("vision", MONTH, cost -> cost))
                    .hasMessageContainingAll("vision", "remote_cost", "\"x\"");
        }
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("fovea.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        }
    }

    static DatasetVersion dataset() {
        return DatasetVersion.of(List.of(new DatasetVersion.Item(
                "%064x".formatted(1), "hole", Split.TRAIN, "1.jpg", 640, 480, ImageFormat.JPEG, Optional.empty())));
    }

    static IngestReport report(DatasetVersion version) {
        return new IngestReport(
                "/data",
                false,
                version.id(),
                new IngestReport.IngestCounts(1, 1, 1, Map.of()),
                new IngestReport.FileFindings(List.of(), List.of(), List.of()),
                new IngestReport.DuplicateFindings(List.of(), List.of(), List.of()),
                new IngestReport.QualityFindings(Map.of()),
                List.of());
    }

    private static Registry registry(Home home) {
        return new Registry(home.models(), InstantSource.system());
    }
}
