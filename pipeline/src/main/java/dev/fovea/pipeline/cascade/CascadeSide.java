package dev.fovea.pipeline.cascade;

import dev.fovea.evaluation.classification.CascadeEvaluator;
import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.ModelVersion;
import dev.fovea.remote.guard.Budget;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.Optional;

/** One of the two models of a planned cascade, behind its serving path. */
final class CascadeSide implements CascadeEvaluator.Labeller, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double NANOS_PER_MS = 1e6;

    private final CascadeEvaluator.Labeller labeller;
    private final Optional<Budget> price;
    private final Runnable closing;

    private CascadeSide(CascadeEvaluator.Labeller labeller, Optional<Budget> price, Runnable closing) {
        this.labeller = labeller;
        this.price = price;
        this.closing = closing;
    }

    /** A registered version, loaded. */
    static CascadeSide here(JobTools tools, ModelVersion version) {
        Bundle bundle = tools.bundles().bundle(version.bundleId());
        LoadedModel model =
                LoadedModel.load(tools.engine(), bundle, RuntimeSettings.forThisMachine(), tools.workers(), () -> {});
        return new CascadeSide(
                image -> {
                    Prediction prediction = model.predict(image, Deadline.in(LIMIT));
                    long nanos =
                            prediction.timings().total() - prediction.timings().queue();
                    return new CascadeEvaluator.TimedPrediction(
                            Optional.of(prediction.classification().best()), nanos / NANOS_PER_MS);
                },
                Optional.empty(),
                model::close);
    }

    /** A remote model; its calls are recorded under its name. */
    static CascadeSide remote(PricedRemote remote) {
        return new CascadeSide(
                image -> {
                    long began = System.nanoTime();
                    Optional<Ranked> best = remote.inference()
                            .predict(remote.name(), image, Deadline.in(LIMIT))
                            .prediction()
                            .best()
                            .map(label -> new Ranked(label.label(), label.confidence()));
                    return new CascadeEvaluator.TimedPrediction(best, (System.nanoTime() - began) / NANOS_PER_MS);
                },
                Optional.of(remote.budget()),
                remote.remotes()::close);
    }

    @Override
    public CascadeEvaluator.TimedPrediction label(byte[] image) {
        return labeller.label(image);
    }

    /** The price of a remote service. */
    Optional<Budget> price() {
        return price;
    }

    @Override
    public void close() {
        closing.run();
    }
}
