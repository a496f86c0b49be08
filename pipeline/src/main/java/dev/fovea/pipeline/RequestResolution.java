package dev.fovea.pipeline;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.curation.DatasetCheck;
import dev.fovea.pipeline.jobs.DatasetCheckout;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.pipeline.request.CascadeRequest;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.pipeline.request.DiagnoseRequest;
import dev.fovea.pipeline.request.EvaluateRequest;
import dev.fovea.pipeline.request.ImportRequest;
import dev.fovea.pipeline.request.JobRequest;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.request.QuantizeRequest;
import dev.fovea.pipeline.request.SearchRequest;
import dev.fovea.pipeline.request.TrainRequest;
import dev.fovea.pipeline.request.TuneRequest;
import dev.fovea.pipeline.teacher.TeacherReference;
import dev.fovea.pipeline.weights.BackboneFolder;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The versions, data sets and backbones that a request names or leaves open, as they are now. */
final class RequestResolution {

    /** Of several backbones that were added, the one whose features tell most on the sets of the benchmarks. */
    private static final String USUAL = "efficientnet-lite0";

    private final JobTools tools;
    private final DatasetCheckout data;
    private final Supplier<DatasetCheck> checks;

    RequestResolution(JobTools tools, DatasetCheckout data, Supplier<DatasetCheck> checks) {
        this.tools = tools;
        this.data = data;
        this.checks = checks;
    }

    Backbones backbones() {
        return new Backbones(tools.registry(), tools.bundles(), tools.backbones());
    }

    /** The same with the version of its network; the backbone that was added where none is named. */
    DiagnoseRequest withBackbone(DiagnoseRequest request) {
        return request.withFrom(from -> from.isEmpty() ? added() : backbones().pinned(from));
    }

    private String added() {
        List<String> names = new BackboneFolder(tools.backbones()).names();
        return names.contains(USUAL)
                ? USUAL
                : names.stream()
                        .findFirst()
                        .orElseThrow(() -> new FoveaException(
                                ErrorCode.ARGUMENT_INVALID,
                                "No backbone was added whose features could be used. Add one with \"fovea backbones add %s\", or name a network: --from MODEL."
                                        .formatted(USUAL)));
    }

    /**
     * Resolves the version of a request, so that a later promotion does not change it.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID}, {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN},
     *     {@code DATASET_INVALID} for a data set of another task than the training needs, {@code STATE_CONFLICT} for an
     *     archived version, and where none is named and none is in production
     */
    JobRequest resolved(JobRequest request) {
        request.validate();
        return switch (request) {
            case QuantizeRequest quantize ->
                quantize.withVersion(
                        active(quantize.model(), quantize.version()).number());
            case EvaluateRequest evaluate ->
                evaluate.withVersion(
                        evaluated(evaluate.model(), evaluate.version()).number());
            case TuneRequest tune ->
                tune.withVersion(active(tune.model(), tune.version()).number());
            case CascadeRequest cascade -> {
                RegisteredModel _ = tools.registry().model(cascade.model());
                yield cascade;
            }
            case TrainRequest train -> {
                data.requireOneClass(train.data());
                yield withTeachers(train.withFrom(backbones()::pinned));
            }
            case AnomalyRequest anomaly -> {
                data.requireOneClass(anomaly.data());
                yield anomaly.withFrom(backbones()::pinned);
            }
            case DetectorRequest detector -> {
                data.requireTask(detector.data(), ImageTask.DETECTION);
                yield detector.withFrom(backbones()::pinned);
            }
            case MultiTaskRequest tasks -> {
                tasks.tasks().forEach(task -> data.requireOneClass(task.data()));
                yield tasks.withFrom(backbones()::pinned);
            }
            case SearchRequest search -> {
                data.requireOneClass(search.data());
                yield search.withFrom(backbones()::pinned);
            }
            case ImportRequest imported -> imported;
            case CheckRequest check -> {
                var _ = checks.get().version(check);
                yield check;
            }
            case DiagnoseRequest diagnose -> {
                data.requireOneClass(diagnose.data());
                yield withBackbone(diagnose);
            }
        };
    }

    /** The same with the versions of its teachers. */
    TrainRequest withTeachers(TrainRequest request) {
        return request.withTeachers(teacher -> TeacherReference.pinned(teacher, tools.registry()));
    }

    ModelVersion active(String name, Optional<Integer> stated) {
        if (stated.isEmpty() && tools.registry().model(name).promotion().isEmpty()) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s has no version in production. Name the version to work on.".formatted(name));
        }
        return tools.registry().active(name, stated);
    }

    /** The default version to evaluate: the one in production, else the newest. */
    ModelVersion evaluated(String name, Optional<Integer> stated) {
        RegisteredModel model = tools.registry().model(name);
        return stated.isPresent() || model.promotion().isPresent()
                ? tools.registry().version(name, stated)
                : model.latest().orElseThrow();
    }
}
