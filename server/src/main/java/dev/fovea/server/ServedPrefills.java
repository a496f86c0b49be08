package dev.fovea.server;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.queue.PredictedLabels;
import dev.fovea.labels.queue.PrefillModel;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.routing.Router;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Predictions of the served models, cascades and remote services, filled in before a person labels an image. */
final class ServedPrefills implements PrefillModel {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.labels");

    /** A person does not wait longer; the image comes without a prediction then. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Pattern VERSION = Pattern.compile("(?<model>[^:@]+)[:@](?<version>[0-9]{1,9})");

    private final Router router;
    private final Registry registry;

    ServedPrefills(Router router, Registry registry) {
        this.router = router;
        this.registry = registry;
    }

    @Override
    public Optional<Prefill> predict(Dataset dataset, String model, byte[] image) {
        try {
            RoutedPrediction prediction = router.route(
                            new PredictionRequest(target(model), image, Deadline.in(TIMEOUT)))
                    .prediction();
            Optional<AnnotationValue> value = prediction instanceof ServedPrediction served
                    ? PredictedLabels.of(dataset, served.prediction().result())
                    : prediction.label().flatMap(label -> PredictedLabels.label(dataset, label));
            String name = prediction instanceof ServedPrediction served
                    ? served.version().toString()
                    : model;
            return value.map(each -> new Prefill(each, name));
        } catch (FoveaException e) {
            LOG.warn("{} predicts nothing for the data set {}: {}", model, dataset.name(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void requireKnown(String model) {
        if (!model.startsWith(ModelRef.REMOTE_PREFIX)) {
            PredictionTarget target = target(model);
            var _ = registry.model(target.model());
            target.version().ifPresent(number -> registry.version(target.model(), number));
        }
    }

    @Override
    public String version(String model) {
        return registry.find(model)
                .flatMap(registered -> registered.alias(Alias.PRODUCTION))
                .map(version -> version.id().toString())
                .orElse(model);
    }

    private static PredictionTarget target(String model) {
        Matcher stated = VERSION.matcher(model);
        return stated.matches()
                ? new PredictionTarget(
                        stated.group("model"), Optional.of(Integer.valueOf(stated.group("version"))), Optional.empty())
                : new PredictionTarget(model, Optional.empty(), Optional.empty());
    }
}
