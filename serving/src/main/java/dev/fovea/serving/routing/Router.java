package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.ErrorCode.Blame;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.TensorResponse;
import dev.fovea.serving.pool.Predictor;
import java.time.Duration;
import java.util.Optional;

/**
 * Routes an image to the requested model, to the larger model of its cascade when it is unsure, or to its fallback when
 * it fails. The cascade of a larger model and the fallback of a fallback are ignored, so there are no cycles. A request
 * that states a version is served by that version or fails.
 *
 * <p>Thread-safe without locks.
 */
public final class Router {

    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    /**
     * The share of the timeout that is reserved, so that the small model's prediction is in time when the larger one
     * fails.
     */
    private static final long RESERVE_SHARE = 20;

    private static final long LARGEST_RESERVE = Duration.ofMillis(50).toNanos();

    private final Predictor predictor;
    private final RemoteInference remotes;
    private final RoutingListener listener;

    /** A router over the models of this process and the configured remote services. */
    public Router(Predictor predictor, RemoteInference remotes, RoutingListener listener) {
        this.predictor = predictor;
        this.remotes = remotes;
        this.listener = listener;
    }

    /**
     * Predicts one image.
     *
     * @throws FoveaException as {@link Predictor#predict} and, for {@code remote:NAME},
     *     {@link dev.fovea.remote.RemoteModel#predict}
     */
    public RoutedResponse route(PredictionRequest request) {
        RoutedResponse response = respond(request, System.nanoTime());
        listener.responded(request, response);
        return response;
    }

    /**
     * The raw outputs of the requested model itself for an image, without cascade and fallback.
     *
     * @throws FoveaException as {@link Predictor#outputs}
     */
    public TensorResponse outputs(PredictionRequest request) {
        TensorResponse response = predictor.outputs(request);
        response.prediction()
                .ifPresent(served -> listener.responded(request, RoutedResponse.of(served, served.nanos())));
        return response;
    }

    private RoutedResponse respond(PredictionRequest request, long arrival) {
        PredictionTarget target = request.target();
        if (target.model().startsWith(ModelRef.REMOTE_PREFIX)) {
            return predictRemotely(request, arrival);
        }
        if (target.version().isPresent()) {
            return RoutedResponse.of(predictor.predict(request), System.nanoTime() - arrival);
        }
        ServedPrediction first;
        try {
            first = predictor.predict(request);
        } catch (FoveaException e) {
            Fallback fallback = fallback(target.model(), e).orElseThrow(() -> e);
            return fallBack(request, fallback, e, arrival);
        }
        Optional<Cascade> cascade =
                predictor.models().model(target.model()).assistance().cascade();
        return cascade.isPresent() && first.prediction().result() instanceof PredictionResult.LabelResult one
                ? withCascade(request, cascade.get(), new SmallPrediction(first, one), arrival)
                : RoutedResponse.of(first, System.nanoTime() - arrival);
    }

    /** The small model's prediction. */
    private record SmallPrediction(ServedPrediction prediction, PredictionResult.LabelResult result) {
        String label() {
            return result.classification().best().label();
        }

        double confidence() {
            return result.classification().best().confidence();
        }

        boolean knows(String label) {
            return result.classification().ranked().stream()
                    .anyMatch(ranked -> ranked.label().equals(label));
        }
    }

    private RoutedResponse withCascade(
            PredictionRequest request, Cascade cascade, SmallPrediction small, long arrival) {
        RoutedPrediction prediction = small.prediction();
        Escalation escalation = new Escalation.NotEscalated();
        if (cascade.escalates(small.confidence())) {
            try {
                prediction = larger(request, cascade, small);
                escalation = new Escalation.Escalated(prediction.label().equals(Optional.of(small.label())));
            } catch (FoveaException e) {
                escalation = new Escalation.EscalationFailed(e.code());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "Escalation to %s failed".formatted(cascade.larger()), e);
                escalation = new Escalation.EscalationFailed(ErrorCode.INTERNAL);
            }
        }
        listener.cascaded(request.target().model(), cascade, escalation);
        return new RoutedResponse(
                request.target().model(),
                Optional.of(small.prediction()),
                prediction,
                escalation,
                Optional.empty(),
                System.nanoTime() - arrival);
    }

    private RoutedPrediction larger(PredictionRequest request, Cascade cascade, SmallPrediction small) {
        RoutedPrediction prediction = predictWith(cascade.larger(), request.by(reserved(request.deadline())));
        String label = prediction
                .label()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "%s returned no mapped label. Map its labels in remotes.json.".formatted(cascade.larger())));
        if (!small.knows(label)) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "%s returned \"%s\", which is not a label of %s."
                            .formatted(
                                    cascade.larger(), label, small.prediction().version()));
        }
        return prediction;
    }

    private static Deadline reserved(Deadline deadline) {
        long reserve = Math.min(LARGEST_RESERVE, deadline.allowed().toNanos() / RESERVE_SHARE);
        return new Deadline(deadline.nanos() - reserve, deadline.allowed());
    }

    private RoutedPrediction predictWith(ModelRef other, PredictionRequest request) {
        return switch (other) {
            case ModelRef.Local(String name) ->
                predictor.predict(request.to(new PredictionTarget(
                        name, Optional.empty(), request.target().key())));
            case ModelRef.Remote(String name) -> remotes.predict(name, request);
        };
    }

    /** Serves a request for {@code remote:NAME}. */
    private RoutedResponse predictRemotely(PredictionRequest request, long arrival) {
        String name = request.target().model().substring(ModelRef.REMOTE_PREFIX.length());
        if (request.target().version().isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a remote service without versions. Remove the version."
                            .formatted(request.target().model()));
        }
        try {
            return new RoutedResponse(
                    request.target().model(),
                    Optional.empty(),
                    remotes.predict(name, request),
                    new Escalation.NotEscalated(),
                    Optional.empty(),
                    System.nanoTime() - arrival);
        } catch (FoveaException e) {
            if (e.code().blame() != Blame.MODEL) {
                throw e;
            }
            Fallback fallback = remotes.fallback(name).orElseThrow(() -> e);
            return fallBack(request, fallback, e, arrival);
        }
    }

    private Optional<Fallback> fallback(String name, FoveaException e) {
        boolean applies = e.code().blame() == Blame.MODEL
                || (e.code().blame() == Blame.SERVER && !predictor.models().isReady(name, Optional.empty()));
        return applies ? predictor.models().model(name).assistance().fallback() : Optional.empty();
    }

    /** Serves the fallback; throws the model's own error when that fails too. */
    private RoutedResponse fallBack(PredictionRequest request, Fallback fallback, FoveaException cause, long arrival) {
        String requested = request.target().model();
        try {
            RoutedPrediction prediction = switch (fallback) {
                case Fallback.FallbackModel(ModelRef other) -> predictWith(other, request);
                case Fallback.Label(String label) -> // bad input stays bad input
                    new RoutedPrediction.DefaultLabel(label, remotes.header(request.image()));
            };
            listener.fellBack(requested, cause.code());
            return new RoutedResponse(
                    requested,
                    Optional.empty(),
                    prediction,
                    new Escalation.NotEscalated(),
                    Optional.of(cause.code()),
                    System.nanoTime() - arrival);
        } catch (FoveaException e) {
            if (e.code().blame() == Blame.INPUT) {
                throw e;
            }
            cause.addSuppressed(e);
            throw cause;
        }
    }
}
