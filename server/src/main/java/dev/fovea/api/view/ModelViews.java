package dev.fovea.api.view;

import dev.fovea.alerts.AlertKind;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.pipeline.SearchTraining;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollback;
import dev.fovea.serving.pool.LoadedVersionState;
import dev.fovea.serving.pool.Releases;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.shadow.ShadowStore;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts together what the API shows of models, from the registry, the loaded versions and monitoring. Thread-safe. */
public final class ModelViews {

    private static final int AUDIT_ROWS = 100;

    private final Registry registry;
    private final ServedModels models;
    private final Recorder recorder;
    private final Drift drift;
    private final AssistanceRecorder assistance;
    private final BundleStore bundles;
    private final EvaluationStore evaluations;
    private final ShadowStore shadows;
    private final JsonMapper json = new JsonMapper();

    public ModelViews(
            Registry registry,
            ServedModels models,
            Recorder recorder,
            Drift drift,
            AssistanceRecorder assistance,
            BundleStore bundles,
            EvaluationStore evaluations,
            ShadowStore shadows) {
        this.registry = registry;
        this.models = models;
        this.recorder = recorder;
        this.drift = drift;
        this.assistance = assistance;
        this.bundles = bundles;
        this.evaluations = evaluations;
        this.shadows = shadows;
    }

    /**
     * All models.
     *
     * @param archived whether those are meant, too, whose versions are all archived
     */
    public Views.Models models(boolean archived) {
        return new Views.Models(registry.models().stream()
                .filter(model -> archived || !model.active().isEmpty())
                .map(this::summary)
                .toList());
    }

    /**
     * One model.
     *
     * @param archived whether its archived versions are listed, too
     */
    public Views.Model model(String name, boolean archived) {
        return model(registry.model(name), archived);
    }

    public Views.PromotionResult promotion(int version, Releases.Released promoted) {
        return new Views.PromotionResult(
                promoted.unchanged(),
                promoted.unchanged()
                        ? PromotionText.unchanged(promoted.model(), version)
                        : PromotionText.done(promoted.model(), version),
                model(promoted.model(), false));
    }

    public Views.RollbackResult rollback(Rollback rollback, double tookMs) {
        return new Views.RollbackResult(rollback.from(), rollback.to(), tookMs, model(rollback.model(), false));
    }

    public Views.Version version(String name, int number) {
        RegisteredModel model = registry.model(name);
        ModelVersion version = model.version(number);
        Manifest manifest = bundles.manifest(version.bundleId());
        return new Views.Version(
                summary(model, version),
                version.labels(),
                manifest.contract()
                        .map(contract -> contract.outputShape() + " "
                                + contract.tensor().type().name().toLowerCase(Locale.ROOT))
                        .orElse("tensors"),
                manifest.contract().map(contract -> json.readTree(PreprocessingContractJson.write(contract))),
                VersionFigures.of(
                        manifest,
                        () -> evaluations.list(name, number).stream()
                                .filter(evaluation -> evaluation.task().equals("classification"))
                                .map(Evaluation::report)
                                .findFirst()),
                attached(version, manifest, ModelQuantization.REPORT),
                lineage(version.lineage(), attached(version, manifest, SearchTraining.RECORD)));
    }

    /** A JSON file of a bundle, where it has it. */
    private Optional<JsonNode> attached(ModelVersion version, Manifest manifest, String file) {
        return Optional.of(file)
                .filter(name -> manifest.files().containsKey(name))
                .map(name -> json.readTree(bundles.file(version.bundleId(), name)));
    }

    /** What speaks for a model: its production version, before there is one its newest. */
    private static ModelVersion shown(RegisteredModel model) {
        return model.alias(Alias.PRODUCTION).or(model::latest).orElseThrow();
    }

    private Views.ModelSummary summary(RegisteredModel model) {
        ModelVersion latest = model.latest().orElseThrow();
        return new Views.ModelSummary(
                model.name(),
                latest.registration().task(),
                shown(model).labels(),
                new Views.ModelSummary.Traffic(
                        alias(model, Alias.PRODUCTION),
                        alias(model, Alias.CANDIDATE),
                        Views.Canary.of(model),
                        Views.Canary.split(model)),
                new Views.ModelSummary.VersionCounts(
                        model.active().size(), model.archived().size(), latest.number()),
                accuracy(model),
                recorder.requestsPerSecond(model.name()),
                alert(model));
    }

    private Views.Model model(RegisteredModel model, boolean archived) {
        ModelVersion latest = model.latest().orElseThrow();
        int promotions = model.promotions().size();
        return new Views.Model(
                model.name(),
                latest.registration().task(),
                shown(model).labels(),
                new Views.Model.Aliases(
                        alias(model, Alias.PRODUCTION),
                        promotions < 2
                                ? Optional.empty()
                                : Optional.of(
                                        model.promotions().get(promotions - 2).version()),
                        alias(model, Alias.CANDIDATE),
                        Views.Canary.of(model),
                        Views.Canary.split(model),
                        shadows.find(model.name())
                                .map(shadow -> shadow.version().version())),
                new Views.Model.Listed(
                        latest.number(),
                        model.archived().size(),
                        (archived ? model.versions() : model.active())
                                .stream()
                                        .sorted(Comparator.comparingInt(ModelVersion::number)
                                                .reversed())
                                        .map(version -> summary(model, version))
                                        .toList()),
                new Views.Model.Load(
                        accuracy(model),
                        recorder.requestsPerSecond(model.name()),
                        recorder.peakRequestsPerSecond(model.name()),
                        alert(model)),
                new Views.Model.Helpers(
                        model.assistance()
                                .cascade()
                                .map(cascade -> AssistanceViews.cascade(
                                        model, cascade, Optional.of(assistance.cascade(model.name(), cascade)))),
                        model.assistance()
                                .fallback()
                                .map(fallback -> AssistanceViews.fallback(
                                        fallback, Optional.of(assistance.fallbacks(model.name()))))),
                registry.audit(model.name(), AUDIT_ROWS).stream()
                        .map(ModelViews::audit)
                        .toList());
    }

    private Views.VersionSummary summary(RegisteredModel model, ModelVersion version) {
        Optional<LoadedVersionState> state = models.state(version.id());
        return new Views.VersionSummary(
                version.number(),
                model.isArchived(version),
                state.map(LoadedVersionState::label).orElse("registered"),
                state.flatMap(ModelViews::failure),
                model.aliases().entrySet().stream()
                        .filter(alias -> alias.getValue() == version.number())
                        .map(alias -> alias.getKey().name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                version.created(),
                accuracy(version),
                new Views.VersionSummary.VersionContent(
                        version.registration().size().parameters(),
                        version.registration().size().sizeBytes(),
                        ModelQuantization.precision(version),
                        text(version.lineage().trainedOn()),
                        version.registration().note()));
    }

    private Optional<Views.ModelAlert> alert(RegisteredModel model) {
        return model.alias(Alias.PRODUCTION)
                .flatMap(version -> drift.reports(model.name()).stream()
                        .filter(report -> report.version().equals(version.id()))
                        .findFirst()
                        .flatMap(ModelViews::alert));
    }

    private static Optional<Views.ModelAlert> alert(DriftReport report) {
        int version = report.version().version();
        return report.alarm()
                .map(alarm -> new Views.ModelAlert(
                        AlertKind.DRIFT.word(), version, alarm.since().likely(), report.statement()))
                .or(() -> report.began()
                        .filter(began -> !report.findings().unlikeHeldOut().isEmpty())
                        .map(began -> new Views.ModelAlert(
                                AlertKind.UNLIKE_HELD_OUT.word(),
                                version,
                                began,
                                DriftWords.unlikeHeldOut(report.findings().unlikeHeldOut()))));
    }

    private static Optional<String> failure(LoadedVersionState state) {
        return state instanceof LoadedVersionState.LoadFailed(dev.fovea.fault.FoveaException why)
                ? Optional.of(why.getMessage())
                : Optional.empty();
    }

    private static Optional<Integer> alias(RegisteredModel model, Alias alias) {
        return model.alias(alias).map(ModelVersion::number);
    }

    private static Optional<Views.Figure> accuracy(RegisteredModel model) {
        return model.alias(Alias.PRODUCTION).flatMap(ModelViews::accuracy);
    }

    public static Optional<Views.Figure> accuracy(ModelVersion version) {
        return version.metric("accuracy")
                .flatMap(value -> version.metric("accuracy_low")
                        .flatMap(low ->
                                version.metric("accuracy_high").map(high -> new Views.Figure(value, low, high))));
    }

    private static Views.LineageView lineage(Lineage lineage, Optional<JsonNode> search) {
        return new Views.LineageView(
                text(lineage.trainedOn()),
                text(lineage.parent()),
                lineage.settings(),
                lineage.codeVersion(),
                lineage.machine(),
                lineage.trainingSeconds(),
                search);
    }

    private static Views.AuditRow audit(AuditEntry entry) {
        return new Views.AuditRow(
                entry.at(),
                entry.who(),
                entry.action().name().toLowerCase(Locale.ROOT),
                entry.version() > 0 ? Optional.of(entry.version()) : Optional.empty(),
                entry.reason(),
                entry.detail());
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
