package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageOutputs;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.Mirror;
import dev.fovea.serving.PredictionListener;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.TensorRequest;
import dev.fovea.serving.TensorResponse;
import dev.fovea.serving.VersionAssignment;
import dev.fovea.serving.cache.PredictionCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Predicts: the version is chosen per request (requested version, else canary, else production) and entered, so that a
 * swap drops no request. The {@link PredictionCache} has the predictions of earlier requests with the same bytes.
 *
 * <p>Any thread may call; no lock is taken before the network's queue.
 */
public final class Predictor {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final byte[] NO_IMAGE = new byte[0];
    private static final Duration DESCRIBE_LIMIT = Duration.ofSeconds(5);

    private final ServedModels models;
    private final PredictionCache cache;
    private final PredictionListener listener;
    private final Mirror mirror;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long lastRequest = System.nanoTime();

    /** A predictor over the models that this process serves. */
    public Predictor(ServedModels models, PredictionCache cache, PredictionListener listener) {
        this(models, cache, listener, Mirror.NONE);
    }

    /** The same with a mirror, which sees predictions of images. */
    public Predictor(ServedModels models, PredictionCache cache, PredictionListener listener, Mirror mirror) {
        this.models = models;
        this.cache = cache;
        this.listener = listener;
        this.mirror = mirror;
    }

    /** The served models. */
    public ServedModels models() {
        return models;
    }

    /**
     * Predicts one image with the chosen version: from the cache, or by running its network.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED} and the errors of
     *     {@link LoadedModel#predict}
     */
    public ServedPrediction predict(PredictionRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.image(), request.image(), request.deadline(), (assignment, model) -> {
            chosen(request, assignment);
            ServedPrediction prediction = cache.predict(
                    request, assignment.version(), model.bundle(), new ModelCacheView(model, request), arrival);
            listener.predicted(request.target(), prediction);
            mirror.mirror(request, prediction);
            return prediction;
        });
    }

    /**
     * Runs a network on tensors.
     *
     * @throws FoveaException as {@link #predict}, and {@code TENSOR_INVALID}
     */
    public TensorResponse infer(TensorRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.identity(), NO_IMAGE, request.deadline(), (assignment, model) -> {
            VersionId id = assignment.version();
            InferenceOutput inferred = model.infer(request.inputs(), request.priority(), request.deadline());
            listener.inferred(request.target(), id, inferred.timings(), System.nanoTime() - arrival);
            return new TensorResponse(id, inferred);
        });
    }

    /**
     * A network's raw outputs for an image, which the cache does not have.
     *
     * @throws FoveaException as {@link #predict}
     */
    public TensorResponse outputs(PredictionRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.image(), request.image(), request.deadline(), (assignment, model) -> {
            chosen(request, assignment);
            VersionId id = assignment.version();
            ImageOutputs outputs = model.outputs(request.image(), request.priority(), request.deadline());
            long nanos = System.nanoTime() - arrival;
            Optional<ServedPrediction> prediction = outputs.prediction()
                    .map(one -> new ServedPrediction(id, one, nanos, new CacheStatus.Inferred(false)));
            prediction.ifPresentOrElse(
                    served -> {
                        listener.predicted(request.target(), served);
                        mirror.mirror(request, served);
                    },
                    () -> listener.inferred(
                            request.target(), id, outputs.inferred().timings(), nanos));
            return new TensorResponse(id, outputs.inferred(), prediction);
        });
    }

    /**
     * Chooses a version for an image, which the caller then states for others that belong to it.
     *
     * @throws FoveaException as {@link #predict}
     */
    public VersionId choose(PredictionRequest request) {
        return within(request.target(), request.image(), NO_IMAGE, request.deadline(), (assignment, model) -> {
            chosen(request, assignment);
            return assignment.version();
        });
    }

    private void chosen(PredictionRequest request, VersionAssignment assignment) {
        if (request.details().isTraffic() && request.target().version().isEmpty()) {
            listener.chosen(request.target(), assignment);
        }
    }

    private interface Work<T> {
        T with(VersionAssignment assignment, LoadedModel model);
    }

    /** Enters the chosen version, and leaves it however the work ends. */
    private <T> T within(PredictionTarget target, byte[] identity, byte[] image, Deadline deadline, Work<T> work) {
        inFlight.incrementAndGet();
        try {
            return inside(target, chosen(target, identity, deadline), image, work);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private record Entered(LoadedVersion version, LoadedModel model, VersionAssignment assignment) {}

    private Entered chosen(PredictionTarget target, byte[] identity, Deadline deadline) {
        try {
            return enter(target, identity, deadline);
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.MODEL_NOT_SERVED) {
                listener.refused(target, e.code());
            }
            throw e;
        }
    }

    private Entered enter(PredictionTarget target, byte[] identity, Deadline deadline) {
        lastRequest = System.nanoTime();
        while (true) {
            VersionChoice.Chosen chosen = models.choose(target, identity);
            LoadedVersion instance = chosen.version();
            Optional<LoadedModel> model = instance.enter();
            if (model.isPresent()) {
                return new Entered(instance, model.get(), chosen.assignment());
            }
            // one that left the pool was retired between choosing and entering: choose again
            if (models.isCurrent(instance) || deadline.hasPassed()) {
                throw VersionChoice.notServed(target.model(), instance);
            }
        }
    }

    private <T> T inside(PredictionTarget target, Entered entered, byte[] image, Work<T> work) {
        LoadedVersion instance = entered.version();
        long arrival = System.nanoTime();
        try {
            T result = work.with(entered.assignment(), entered.model());
            instance.responded();
            return result;
        } catch (RuntimeException e) {
            FoveaException failure =
                    new FailureContext(instance.id(), entered.model(), image, System.nanoTime() - arrival).of(e);
            listener.failed(target, instance.id(), failure.code());
            throw failure;
        } finally {
            instance.leave();
        }
    }

    /**
     * Use of a version for more than one prediction, which neither the cache nor the listener sees. It is loaded if it
     * is not, and not retired as idle while it is used. One that is retired for another reason is freed when the last
     * use and the last request have ended.
     *
     * @throws FoveaException as {@link #predict}, {@code STATE_CONFLICT} for an archived version, {@code STOPPING}, and
     *     why it cannot be loaded
     */
    public ModelLease lease(VersionId version) {
        Entered entered = enter(
                new PredictionTarget(version.model(), Optional.of(version.version()), Optional.empty()),
                NO_IMAGE,
                Deadline.in(DESCRIBE_LIMIT));
        return new ModelLease(entered.model(), entered.version()::leave);
    }

    /**
     * The inputs and outputs of a version, by default of the one in production.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED}
     */
    public Served served(String name, Optional<Integer> version) {
        return within(
                new PredictionTarget(name, version, Optional.empty()),
                NO_IMAGE,
                NO_IMAGE,
                Deadline.in(DESCRIBE_LIMIT),
                (assignment, model) ->
                        new Served(assignment.version(), model.bundle().manifest(), model.signature(), model.batch()));
    }

    /**
     * {@code OVERLOADED} when an image for a model's production version would be rejected now, so that its bytes need
     * not be read. With frequent cache hits, only a queue that is full for all priorities rejects.
     */
    public void requireRoom(String name, Priority priority, CacheUse use) {
        Optional<LoadedVersion> production = models.routed(name);
        if (production.isEmpty()) {
            return;
        }
        LoadedVersion instance = production.get();
        Priority effective = use == CacheUse.DEFAULT && cache.hasFrequentHits(name) ? Priority.HIGH : priority;
        try {
            instance.requireRoom(effective);
        } catch (FoveaException e) {
            PredictionTarget target =
                    new PredictionTarget(name, Optional.of(instance.id().version()), Optional.empty());
            listener.failed(target, instance.id(), e.code());
            throw e;
        }
    }

    /** Whether there are as many requests as cores, so that other work would slow them down. */
    public boolean isBusy() {
        return inFlight.get() >= CORES;
    }

    /** The time since the last request of any kind. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - lastRequest);
    }
}
