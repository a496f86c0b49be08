package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.Silences;
import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.Jobs;
import dev.fovea.registry.Alias;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.remote.guard.MonthlyCost;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningTrial;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.truth.Kpi;
import dev.fovea.traffic.truth.KpiStore;
import dev.fovea.traffic.truth.PlannedLabels;
import dev.fovea.traffic.truth.SettledTruth;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.TruthStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each column of each table, filled in turn with values that do not belong there: models are read, followed and
 * changed, and what the damaged row does not describe is as before.
 */
class DamagedColumnsTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 11);
    private static final List<String> GARBAGE = List.of(
            "NULL", "''", "'x'", "'[null'", "'{\"a\":\"Infinity\"}'", "-1", "9223372036854775807", "1e308", "x'00ff'");

    /** Columns without which the row of {@code shirts} in production is unknown or cannot be served. */
    private static final Set<String> SERVING =
            Set.of("model.name", "model_version.model", "model_version.number", "model_version.bundle");

    @TempDir
    private static Path directory;

    record Column(String table, String column) {
        @Override
        public String toString() {
            return table + "." + column;
        }
    }

    /** {@code mugs} and {@code shirts} have everything that a model can have. */
    @BeforeAll
    static void fill() throws SQLException {
        try (Home home = Home.open(template(), "0.1.0")) {
            Registry registry = registry(home);
            for (String name : List.of("shirts", "shirts", "shirts", "mugs", "mugs", "mugs")) {
                registry.register(Models.registration(name, ""), "ada");
            }
            for (String name : List.of("mugs", "shirts")) {
                registry.promote(name, 1, "ada", "");
                registry.canary(name, 2, 5, "ada", "");
                registry.archive(name, 3, "ada", "");
                registry.assistance().fallback(name, new Fallback.Label("none"), "ada", "");
                home.tunings().save(name, "here", TUNING);
                home.evaluations().save(evaluation(name), images());
                home.costs().change(name, MONTH, cost -> new MonthlyCost(MONTH, 1, 1500));
                int _ = new Jobs(home.jobs(), JobOwner.current(), InstantSource.system())
                        .run(Models.training(name), Models.SILENT, progress -> 1, one -> Models.OUTCOME);
            }
            registry.assistance().cascade("shirts", cascade(), "ada", "");
            home.monitoring("here").save(List.of(saved("mugs"), saved("shirts")));
            DatasetVersion version = DamagedRowsTest.dataset();
            home.datasets().save(version, DamagedRowsTest.report(version));
            home.production().leases().tryHold("rollouts", Duration.ofSeconds(5));
            for (String name : List.of("mugs", "shirts")) {
                raise(home, name);
                truths(home.production(), name);
                home.production()
                        .retention()
                        .put(new KeepPolicy(name, "kept", Map.of(KeepReason.RANDOM, 9), 1L << 30, 7));
                serviceLevels(home.production(), name);
            }
        }
        execute(
                template(),
                "INSERT INTO leftover (kind, id) VALUES ('BUNDLE', '%s')".formatted("cd".repeat(32)),
                "INSERT INTO pending_pack (id, since) VALUES ('%s', 0)".formatted("ef".repeat(32)),
                "INSERT INTO deleted_version (model, number) VALUES ('shirts', 7)",
                "INSERT INTO rollout (id, model, active, document) VALUES ('r1', 'shirts', 1, '{}')",
                "INSERT INTO rollout_sums (rollout, server, document) VALUES ('r1', 's1', '{}')",
                "INSERT INTO experiment (id, model, active, document, repeated_before) VALUES ('x1', 'shirts', 1, '{}', 0)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'",
                "PRAGMA writable_schema = RESET");
    }

    private static void serviceLevels(ProductionStores stores, String name) {
        stores.objectives()
                .change(
                        name,
                        new ServiceObjectives(
                                List.of(new Objective(Indicator.P95, Optional.empty(), 50)), Optional.empty()));
        stores.serviceLevels()
                .add(
                        "here",
                        List.of(new ServiceLevelStore.ModelSlot(
                                name, new ServiceSlot(Instant.EPOCH, ServiceSlot.SHORT, ServiceCounts.NONE))));
    }

    private static final Tuning TUNING =
            new Tuning(Optional.empty(), List.of(new TuningTrial(new InstanceSettings(1, 2, 8), 100, 3.5, 12.25)));

    @ParameterizedTest
    @MethodSource("columns")
    void shouldLeaveOutDamagedRowOnly(Column column) throws Exception {
        for (String garbage : GARBAGE) {
            Path home = directory.resolve(column + "-" + GARBAGE.indexOf(garbage));
            Files.createDirectories(home);
            Files.copy(template().resolve("fovea.db"), home.resolve("fovea.db"));
            damage(home, column, garbage);
            assertThatCode(() -> check(home, column))
                    .as("%s = %s", column, garbage)
                    .doesNotThrowAnyException();
        }
    }

    private static void check(Path root, Column column) {
        try (Home home = Home.open(root, "0.1.0")) {
            Registry registry = registry(home);
            follow(home, registry);
            assertWhole(home, registry);
            if (!SERVING.contains(column.toString())) {
                RegisteredModel shirts = registry.model("shirts");
                assertThat(shirts.promotion().orElseThrow().version()).isEqualTo(1);
            }
            List<DatasetStore.Summary> datasets = home.datasets().list();
            assertThat(datasets).hasSizeLessThan(2);
            try {
                home.datasets().find(DamagedRowsTest.dataset().id());
            } catch (FoveaException e) {
                assertThat(e.getMessage()).doesNotContain("Exception", "dev.fovea", "JsonToken");
            }
            registry.promote("mugs", 2, "ada", "");
            assertThat(registry.register(Models.registration("mugs", ""), "ada").number())
                    .isEqualTo(4);
        }
    }

    /** As a server does each second. */
    private static void follow(Home home, Registry registry) {
        try (Recorder recorder = Recorder.start(home.monitoring("here"), InstantSource.system())) {
            for (RegisteredModel model : registry.models()) {
                model.promotion()
                        .ifPresent(promotion -> recorder.promoted(
                                model.name(),
                                promotion,
                                EvaluatedConfidence.of(model.version(promotion.version()), home.evaluations())));
                model.versions().forEach(version -> home.tunings().find(version.bundleId(), "here"));
                registry.audit(model.name(), 99);
            }
            home.tunings().find("shirts", "here");
            new Jobs(home.jobs(), JobOwner.current(), InstantSource.system()).recover();
            home.jobs().recent(99);
            assertThat(home.production().rollouts().active()).isEmpty();
            assertThat(home.production().experiments().active()).isEmpty();
            home.production().retention().policies();
            home.production().objectives().all();
            home.production().serviceLevels().rollUp("here", Instant.now());
            home.production().serviceLevels().slots("shirts", Instant.EPOCH, Instant.now());
            home.production().leases().tryHold("rollouts", Duration.ofSeconds(5));
            home.evaluations().images("e-shirts");
            readAlerts(home);
            home.production().labelPlans().newest(new VersionId("shirts", 1));
            home.production().kpis().waiting("shirts", 9);
            home.production().kpis().joined("shirts", Instant.EPOCH, Instant.ofEpochSecond(9));
            TruthStore truths = home.production().truths();
            truths.counts("shirts");
            truths.conflicts("shirts", 9);
            truths.waiting("shirts");
            truths.truths("shirts", 1, Instant.EPOCH, Instant.ofEpochSecond(9));
            truths.settled("shirts", 1, Instant.EPOCH, Instant.ofEpochSecond(9));
        }
    }

    private static Alerts alerts(Home home) {
        RouteRule route = new RouteRule("all", Severity.INFO, Set.of(), Set.of(), Duration.ZERO, true);
        return new Alerts(
                home.production().alerts(),
                home.production().silences(),
                List.of(route),
                AlertRules.DEFAULT,
                InstantSource.system());
    }

    private static Silences silences(Home home) {
        return new Silences(home.production().silences(), InstantSource.system());
    }

    /** An alert that was acknowledged, with a delivery that was tried once and one that waits, and a silence. */
    private static void raise(Home home, String model) {
        Alerts alerts = alerts(home);
        alerts.report(new Condition(
                "drift/" + model,
                Optional.of(model),
                AlertKind.DRIFT,
                Severity.WARNING,
                "Drift of " + model,
                "18 % darker",
                Optional.of("/#/models/" + model),
                Instant.EPOCH));
        Alert alert = alerts.open().stream()
                .filter(open -> open.condition().key().endsWith(model))
                .findFirst()
                .orElseThrow();
        Delivery delivery = alerts.file(alert.id()).record().deliveries().getFirst();
        home.production()
                .alerts()
                .attempted(
                        List.of(delivery.to(DeliveryState.WAITING, Instant.EPOCH, "HTTP 500")),
                        List.of(new DeliveryAttempt(
                                delivery.id(), 1, Instant.EPOCH, Duration.ofMillis(5), false, "HTTP 500")));
        alerts.acknowledge(alert.id(), "ada", "new lamp");
        silences(home)
                .add(
                        Optional.of(model),
                        Optional.of(AlertKind.DRIFT),
                        Instant.now().plus(Duration.ofDays(1)),
                        "ada",
                        "new camera");
    }

    private static void readAlerts(Home home) {
        Alerts alerts = alerts(home);
        alerts.settle();
        assertThat(alerts.open())
                .filteredOn(alert -> alert.condition().model().equals(Optional.of("mugs")))
                .hasSize(1);
        alerts.recent(9).forEach(alert -> alerts.file(alert.id()));
        assertThat(silences(home).inForce()).isNotEmpty();
        assertThat(home.production().alerts().due("all", Instant.now())).isNotEmpty();
        home.production().alerts().waiting();
        alerts.report(new Condition(
                "drift/shirts",
                Optional.of("shirts"),
                AlertKind.DRIFT,
                Severity.CRITICAL,
                "Drift of shirts",
                "",
                Optional.empty(),
                Instant.EPOCH));
        assertThat(alerts.open()).anyMatch(alert -> alert.condition().severity() == Severity.CRITICAL);
    }

    /** One request with labels that stand, were said again and contradicted. */
    private static void truths(ProductionStores home, String model) {
        TruthStore store = home.truths();
        for (String label : List.of("hole", "hole", "none")) {
            store.add(
                    model,
                    List.of(new Truth("r1", new TrueLabels.TrueLabel(label), TruthSource.REPORTED, Instant.EPOCH)),
                    false);
        }
        home.labelPlans()
                .save(new PlannedLabels(
                        "plan of " + model,
                        new VersionId(model, 1),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        9,
                        0.02,
                        List.of(new PlannedLabels.LabelDraw("r1", 0.5))));
        Kpi kpi = new Kpi(Optional.of("r1"), Optional.empty(), "sold", 1, Instant.EPOCH);
        home.kpis().add(model, List.of(kpi));
        home.kpis().join(model, List.of(new KpiStore.JoinedKpi(kpi, new VersionId(model, 1))));
        store.settle(model, List.of(new SettledTruth("r1", 1, "c0ffee", Instant.EPOCH, Optional.of(true))));
    }

    private static void assertWhole(Home home, Registry registry) {
        RegisteredModel mugs = registry.model("mugs");
        assertThat(mugs.alias(Alias.PRODUCTION).orElseThrow().number()).isEqualTo(1);
        assertThat(mugs.versions()).hasSize(3);
        assertThat(registry.audit("mugs", 99)).hasSize(7);
        assertThat(home.tunings().find("mugs", "here")).contains(TUNING);
        EvaluationStore evaluations = home.evaluations();
        assertThat(evaluations.list("mugs", 1)).hasSize(1);
        assertThat(evaluations.images("e-mugs")).hasSize(40);
        assertThat(EvaluatedConfidence.of(mugs.version(1), evaluations)).isPresent();
        assertThat(home.costs().load("mugs", MONTH).micros()).isEqualTo(1500);
        assertThat(home.production().truths().counts("mugs")).isEqualTo(new TruthCounts(1, 1, 0, 1, 1, 0));
    }

    static List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Connection connection = connection(template());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                        WHERE t.type = 'table' AND t.name NOT LIKE 'flyway%' AND t.name NOT LIKE 'sqlite%'
                        """)) {
            while (row.next()) {
                columns.add(new Column(row.getString(1), row.getString(2)));
            }
        }
        // a newer schema is refused; SQLite itself keeps other values out of a row id
        Set<String> others = Set.of("home.schema_version", "home.id", "registry_revision.id");
        columns.removeIf(column -> others.contains(column.toString())
                || DamagedCatalogTest.tables().contains(column.table()));
        assertThat(columns).hasSizeGreaterThan(80);
        return columns;
    }

    /** The rows of {@code shirts}, or one row where a table does not name models. */
    private static void damage(Path home, Column column, String garbage) throws SQLException {
        String which = switch (column.table()) {
            case "model" -> "name = 'shirts'";
            case "model_version" -> "model = 'shirts' AND number = " + (SERVING.contains(column.toString()) ? 2 : 1);
            case "evaluation_image" -> "evaluation = 'e-shirts' AND number = 1";
            case "tuning" -> "bundle = 'shirts'";
            case "job" -> "request LIKE '%shirts%'";
            case "home", "registry_revision", "dataset_version", "leftover", "pending_pack", "lease" -> "1 = 1";
            case "rollout_sums", "experiment_count", "experiment_unit" -> "1 = 1";
            case "alert_entry", "alert_delivery" -> "alert IN (SELECT id FROM alert WHERE model = 'shirts')";
            case "alert_attempt" -> "delivery = (SELECT min(delivery) FROM alert_attempt)";
            case "audit" -> "revision = (SELECT min(revision) FROM audit WHERE model = 'shirts')";
            default -> "rowid = (SELECT min(rowid) FROM %s WHERE model = 'shirts')".formatted(column.table());
        };
        execute(
                home,
                "PRAGMA ignore_check_constraints = ON",
                "UPDATE OR IGNORE %s SET %s = %s WHERE %s".formatted(column.table(), column.column(), garbage, which));
    }

    private static void execute(Path home, String... commands) throws SQLException {
        try (Connection connection = connection(home);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static Connection connection(Path home) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("fovea.db"));
    }

    private static Path template() {
        return directory.resolve("template");
    }

    private static Cascade cascade() {
        return new Cascade(new ModelRef.Local("mugs"), 0.8, 1, Instant.EPOCH, Optional.empty());
    }

    private static MonitoringStore.Saved saved(String model) {
        return new MonitoringStore.Saved(new VersionId(model, 1), new byte[] {1, 2});
    }

    private static Evaluation evaluation(String model) {
        return new Evaluation(
                "e-" + model,
                model,
                1,
                Evaluation.Origin.IMPORT,
                "classification",
                new Evaluation.EvaluationSource("ab".repeat(32), "images", 40, 0, 0),
                Instant.EPOCH,
                Models.report());
    }

    private static List<EvaluatedImage> images() {
        return IntStream.range(0, 40)
                .mapToObj(i -> new EvaluatedImage(
                        i,
                        i + ".jpg",
                        "%064x".formatted(i),
                        new ImageResult.Classified("hole", "hole", 0.75),
                        Optional.of(new EvaluatedImage.Thumbnail("ee".repeat(32), 0, 10))))
                .toList();
    }

    private static Registry registry(Home home) {
        return new Registry(home.models(), InstantSource.system());
    }
}
