package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.ErrorCode.Blame;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.OtherModel;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.pool.Predictor;
import java.time.Duration;
import java.util.Optional;

/**
 * Who answers an image: the model asked for, the larger one when that is unsure, the fallback when it cannot. Each of
 * these is one step: a larger model's own cascade and a fallback's own fallback are not looked at, so nothing goes in
 * circles. Whoever states a version gets that version or its error and nothing else.
 *
 * <p>Any thread may call; nothing is locked.
 */
public final class Router {

    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    /** A larger model leaves this part of the time allowed, so that the small one's answer is in time without it. */
    private static final long RESERVE_SHARE = 20;

    private static final long LARGEST_RESERVE = Duration.ofMillis(50).toNanos();

    private final Predictor predictor;
    private final RemoteInference elsewhere;
    private final RoutingListener listener;

    /** A dispatcher over what this process serves and what is configured elsewhere. */
    public Router(Predictor predictor, RemoteInference elsewhere, RoutingListener listener) {
        this.predictor = predictor;
        this.elsewhere = elsewhere;
        this.listener = listener;
    }

    /**
     * Answers one image.
     *
     * @throws FoveaException as {@link Predictor#predict} and, for {@code remote:NAME},
     *     {@link dev.fovea.remote.RemoteModel#answer}
     */
    public RoutedResponse answer(PredictionRequest request) {
        long arrival = System.nanoTime();
        PredictionTarget target = request.target();
        if (target.model().startsWith(OtherModel.ELSEWHERE)) {
            return served(request, arrival);
        }
        if (target.version().isPresent()) {
            return RoutedResponse.of(predictor.predict(request), System.nanoTime() - arrival);
        }
        ServedPrediction first;
        try {
            first = predictor.predict(request);
        } catch (FoveaException e) {
            Fallback fallback = fallback(target.model(), e).orElseThrow(() -> e);
            return stoodIn(request, fallback, e, arrival);
        }
        Optional<Cascade> cascade =
                predictor.models().model(target.model()).assistance().cascade();
        return cascade.isPresent() && first.prediction().result() instanceof PredictionResult.OneLabel one
                ? considered(request, cascade.get(), new Small(first, one), arrival)
                : RoutedResponse.of(first, System.nanoTime() - arrival);
    }

    /** The small model's answer. */
    private record Small(ServedPrediction answer, PredictionResult.OneLabel said) {
        String label() {
            return said.classification().best().label();
        }

        double confidence() {
            return said.classification().best().confidence();
        }

        boolean knows(String label) {
            return said.classification().ranked().stream()
                    .anyMatch(ranked -> ranked.label().equals(label));
        }
    }

    private RoutedResponse considered(PredictionRequest request, Cascade cascade, Small small, long arrival) {
        RoutedPrediction given = small.answer();
        Escalation escalation = new Escalation.None();
        if (cascade.escalates(small.confidence())) {
            try {
                given = larger(request, cascade, small);
                escalation = new Escalation.Answered(given.label().equals(Optional.of(small.label())));
            } catch (FoveaException e) {
                escalation = new Escalation.Failed(e.code());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "%s could not be asked".formatted(cascade.larger()), e);
                escalation = new Escalation.Failed(ErrorCode.INTERNAL);
            }
        }
        listener.cascaded(request.target().model(), cascade, escalation);
        return new RoutedResponse(
                request.target().model(),
                Optional.of(small.answer().version().version()),
                given,
                escalation,
                Optional.empty(),
                System.nanoTime() - arrival);
    }

    private RoutedPrediction larger(PredictionRequest request, Cascade cascade, Small small) {
        RoutedPrediction given = ask(cascade.larger(), request.by(reserved(request.deadline())));
        String label = given.label()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.LABELS_MISMATCH, "%s named no label of ours.".formatted(cascade.larger())));
        if (!small.knows(label)) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "%s said \"%s\", which %s does not know."
                            .formatted(cascade.larger(), label, small.answer().version()));
        }
        return given;
    }

    private static Deadline reserved(Deadline deadline) {
        long reserve = Math.min(LARGEST_RESERVE, deadline.allowed().toNanos() / RESERVE_SHARE);
        return new Deadline(deadline.nanos() - reserve, deadline.allowed());
    }

    private RoutedPrediction ask(OtherModel other, PredictionRequest request) {
        return switch (other) {
            case OtherModel.Here(String name) ->
                predictor.predict(request.to(new PredictionTarget(
                        name, Optional.empty(), request.target().key())));
            case OtherModel.Elsewhere(String name) -> elsewhere.answer(name, request);
        };
    }

    /** A service that is asked for by its own name. */
    private RoutedResponse served(PredictionRequest request, long arrival) {
        String name = request.target().model().substring(OtherModel.ELSEWHERE.length());
        if (request.target().version().isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a service and has no versions; leave the version out."
                            .formatted(request.target().model()));
        }
        try {
            return new RoutedResponse(
                    request.target().model(),
                    Optional.empty(),
                    elsewhere.answer(name, request),
                    new Escalation.None(),
                    Optional.empty(),
                    System.nanoTime() - arrival);
        } catch (FoveaException e) {
            if (e.code().blame() != Blame.MODEL) {
                throw e;
            }
            Fallback fallback = elsewhere.fallback(name).orElseThrow(() -> e);
            return stoodIn(request, fallback, e, arrival);
        }
    }

    private Optional<Fallback> fallback(String name, FoveaException e) {
        boolean applies = e.code().blame() == Blame.MODEL
                || (e.code().blame() == Blame.SERVER && !predictor.models().isReady(name, Optional.empty()));
        return applies ? predictor.models().model(name).assistance().fallback() : Optional.empty();
    }

    /** What stands in; the model's own error when that fails too. */
    private RoutedResponse stoodIn(PredictionRequest request, Fallback fallback, FoveaException why, long arrival) {
        String asked = request.target().model();
        try {
            RoutedPrediction given = switch (fallback) {
                case Fallback.Model(OtherModel other) -> ask(other, request);
                case Fallback.Label(String label) -> {
                    elsewhere.header(request.image()); // bad input stays bad input
                    yield new RoutedPrediction.Stated(label);
                }
            };
            listener.fellBack(asked, why.code());
            return new RoutedResponse(
                    asked,
                    Optional.empty(),
                    given,
                    new Escalation.None(),
                    Optional.of(why.code()),
                    System.nanoTime() - arrival);
        } catch (FoveaException e) {
            if (e.code().blame() == Blame.INPUT) {
                throw e;
            }
            why.addSuppressed(e);
            throw why;
        }
    }
}
