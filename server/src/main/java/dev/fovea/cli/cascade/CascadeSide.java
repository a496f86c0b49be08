package dev.fovea.cli.cascade;

import dev.fovea.config.KeyRing;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.evaluation.classification.CascadeEvaluator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Bundle;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.remote.RemoteModel;
import dev.fovea.remote.guard.Budget;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.server.Application;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.ServedRemote;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One of the two models that a cascade is planned for, on the path by which it answers when served. */
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
    static CascadeSide here(Application application, ModelVersion version) {
        Bundle bundle = Bundle.read(application.home().bundles().path(version.bundleId()));
        LoadedModel model = LoadedModel.load(
                application.engine(), bundle, RuntimeSettings.forThisMachine(), application.workers(), () -> {});
        return new CascadeSide(
                image -> {
                    Prediction prediction = model.predict(image, Deadline.in(LIMIT));
                    long nanos =
                            prediction.timings().total() - prediction.timings().queue();
                    return new CascadeEvaluator.Labelled(
                            Optional.of(prediction.classification().best()), nanos / NANOS_PER_MS);
                },
                Optional.empty(),
                model::close);
    }

    /** A configured service; its calls go on its own record. */
    static CascadeSide elsewhere(Application application, String name, ImageLimits limits) {
        RemoteEntry entry = RemotesFile.read(application.home().root()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        RemoteModel model = RemoteModel.open(
                entry.settings(new KeyRing(System.getenv())), application.home().costs(), Clock.systemUTC());
        Remotes remotes = new Remotes(List.of(new ServedRemote(name, entry.labels(), model, entry.fallback())));
        RemoteInference elsewhere = new RemoteInference(remotes, new Decoder(limits));
        return new CascadeSide(
                image -> {
                    long began = System.nanoTime();
                    Optional<Ranked> best = elsewhere
                            .answer(name, image, Deadline.in(LIMIT))
                            .answer()
                            .best()
                            .map(label -> new Ranked(label.label(), label.confidence()));
                    return new CascadeEvaluator.Labelled(best, (System.nanoTime() - began) / NANOS_PER_MS);
                },
                Optional.of(entry.budget()),
                remotes::close);
    }

    static ModelVersion production(Application application, String name) {
        return application
                .registry()
                .model(name)
                .alias(Alias.PRODUCTION)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%s has no version in production. Promote one: fovea promote %s VERSION."
                                .formatted(name, name)));
    }

    @Override
    public CascadeEvaluator.Labelled label(byte[] image) {
        return labeller.label(image);
    }

    /** What a service costs. */
    Optional<Budget> price() {
        return price;
    }

    @Override
    public void close() {
        closing.run();
    }
}
