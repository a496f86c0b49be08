package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.registry.Alias;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.tuning.Tunings;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionListener;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.TensorRequest;
import dev.fovea.serving.TensorResponse;
import dev.fovea.serving.cache.PredictionCache;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Answers predictions: the version is chosen per request (stated version, else canary, else production), and swapped
 * without a dropped request: the new one is loaded and proved, then the route flips, then the old one drains.
 *
 * <p>Any thread may call {@link #predict}; it reads the routes without a lock. {@link #follow} makes routes and is
 * called by the {@link Reconciler} and by whoever has just changed the registry.
 */
public final class Predictor implements ReleaseHost {

    private static final Duration DESCRIBE_LIMIT = Duration.ofSeconds(5);

    private final Registry registry;
    private final ModelPool fleet;
    private final VersionChoice choice;
    private final PredictionListener listener;
    private final PredictionCache cache;
    private volatile long lastRequest = System.nanoTime();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Set<String> unloaded = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** A predictor without routes; it owns what it loads until {@link #drain}. */
    public Predictor(
            Registry registry, BundleStore bundles, Runner runner, PredictionCache cache, Listeners listeners) {
        this(registry, bundles, runner, cache, listeners, System::nanoTime);
    }

    /** The same with a clock for what is tried again. */
    public Predictor(
            Registry registry,
            BundleStore bundles,
            Runner runner,
            PredictionCache cache,
            Listeners listeners,
            LongSupplier nanos) {
        this.registry = registry;
        this.fleet = new ModelPool(bundles, runner, listeners.transitions()::moved, nanos);
        this.choice = new VersionChoice(registry, fleet);
        this.listener = listeners.predictions();
        this.cache = cache;
    }

    /**
     * What models run on; owned by the program.
     *
     * @param settings for models that were never tuned here
     * @param tunings what was found out about models on machines
     * @param machine this one, in words that stay the same as long as it does
     */
    public record Runner(
            Engine engine, RuntimeSettings settings, DecodePool workers, Tunings tunings, String machine) {}

    /** Hears every step of an instance's life. */
    public interface TransitionListener {
        /** After a transition. */
        void moved(VersionId version, LoadedVersionState from, LoadedVersionState to);
    }

    /** Who hears of predictions and of transitions. */
    public record Listeners(PredictionListener predictions, TransitionListener transitions) {}

    /**
     * Answers one image, by the version that is to answer: from the cache, where it has answered the same bytes before,
     * or by running its network.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED} and the errors of
     *     {@link LoadedModel#predict}
     */
    public ServedPrediction predict(PredictionRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.image().bytes(), request.image().deadline(), (id, model) -> {
            PredictionCache.Found found =
                    cache.answer(request, model.bundle(), new ModelCacheView(model, request.image()));
            ServedPrediction answer =
                    new ServedPrediction(id, found.prediction(), System.nanoTime() - arrival, found.origin());
            listener.answered(answer);
            return answer;
        });
    }

    /**
     * Runs a network on tensors.
     *
     * @throws FoveaException as {@link #predict}, and {@code TENSOR_INVALID}
     */
    public TensorResponse infer(TensorRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.identity(), request.deadline(), (id, model) -> {
            LoadedModel.Inferences inferences = model.infer(request.inputs(), request.priority(), request.deadline());
            listener.inferred(id, inferences.timings(), System.nanoTime() - arrival);
            return new TensorResponse(id, inferences);
        });
    }

    /**
     * A network's raw outputs for an image.
     *
     * @throws FoveaException as {@link #predict}
     */
    public TensorResponse outputs(PredictionRequest request) {
        long arrival = System.nanoTime();
        return within(request.target(), request.image().bytes(), request.image().deadline(), (id, model) -> {
            LoadedModel.Inferences inferences = model.outputs(request.image());
            listener.inferred(id, inferences.timings(), System.nanoTime() - arrival);
            return new TensorResponse(id, inferences);
        });
    }

    private interface Work<T> {
        T with(VersionId id, LoadedModel model);
    }

    /** Enters the version that is to answer, and leaves it however the work ends. */
    private <T> T within(PredictionTarget target, byte[] identity, Deadline deadline, Work<T> work) {
        lastRequest = System.nanoTime();
        while (true) {
            LoadedVersion instance = choice.of(route(target.model()), target, identity);
            Optional<LoadedModel> model = instance.enter();
            if (model.isPresent()) {
                return inside(instance, model.get(), work);
            }
            // one that left the fleet was retired between choosing and entering: choose again
            if (fleet.holds(instance) || deadline.hasPassed()) {
                throw VersionChoice.notServed(target.model(), instance);
            }
        }
    }

    private <T> T inside(LoadedVersion instance, LoadedModel model, Work<T> work) {
        try {
            T result = work.with(instance.id(), model);
            instance.responded();
            return result;
        } catch (FoveaException e) {
            listener.failed(instance.id(), e.code());
            throw e;
        } finally {
            instance.leave();
        }
    }

    /**
     * What a model takes and gives, of a stated version or of the one in production.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED}
     */
    public Served served(String name, Optional<Integer> version) {
        return within(
                new PredictionTarget(name, version, Optional.empty()),
                new byte[0],
                Deadline.in(DESCRIBE_LIMIT),
                (id, model) -> new Served(id, model.bundle().manifest(), model.signature(), model.batch()));
    }

    /** Takes a model out of service in this process, though not out of the registry, until {@link #load}. */
    public void unload(String name) {
        registry.model(name);
        unloaded.add(name);
        routes.remove(name);
        fleet.retireAll(name);
    }

    /**
     * Serves a model again, and tries anew what could not be loaded.
     *
     * @throws FoveaException why its production version cannot be served
     */
    public void load(String name) {
        registry.model(name);
        unloaded.remove(name);
        retryNow(name);
        Route route = follow(name);
        route.production().ifPresent(number -> validate(name, number));
    }

    /**
     * Whether requests are taken: not while stopping, and not while no production version of any model gives responses.
     * One model that fails leaves the server ready for the others.
     */
    public boolean isReady() {
        List<ModelHealth> models = health();
        return !fleet.isDrained() && (models.isEmpty() || models.stream().anyMatch(ModelHealth::isReady));
    }

    /** The models that have a version in production, and whether it gives responses, by name; runs nothing. */
    public List<ModelHealth> health() {
        return routes.values().stream()
                .filter(route -> route.production().isPresent())
                .map(this::health)
                .sorted(Comparator.comparing(ModelHealth::model))
                .toList();
    }

    private ModelHealth health(Route route) {
        Optional<FoveaException> problem;
        try {
            problem = choice.production(route).problem();
        } catch (FoveaException e) {
            problem = Optional.of(e);
        }
        return new ModelHealth(route.model().name(), route.production().orElseThrow(), problem);
    }

    /** The loaded production versions. */
    List<LoadedVersion> production() {
        return health().stream()
                .flatMap(health -> fleet.find(new VersionId(health.model(), health.version())).stream())
                .toList();
    }

    /**
     * Whether requests for the model are answered: with {@code version}, or with the one in production.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}
     */
    public boolean isReady(String name, Optional<Integer> version) {
        Route route = routes.get(name);
        if (route == null) {
            requireKnown(name, version);
            return false;
        }
        OptionalInt number = version.map(OptionalInt::of).orElse(route.production());
        boolean ready = number.isPresent()
                && choice.ready(name, number.getAsInt())
                        .filter(instance -> instance.problem().isEmpty())
                        .isPresent();
        if (!ready) {
            requireKnown(name, version);
        }
        return ready;
    }

    private void requireKnown(String name, Optional<Integer> version) {
        version.ifPresentOrElse(number -> registry.version(name, number), () -> registry.model(name));
    }

    /**
     * {@code OVERLOADED} when an image for a model's production version would be turned away now, so that its bytes
     * need not be read. Where earlier answers may do, only what is full for everybody refuses: they need no room.
     */
    public void requireRoom(String name, Priority priority, CacheUse use) {
        Route route = routes.get(name);
        if (route == null || route.production().isEmpty()) {
            return;
        }
        VersionId id = new VersionId(name, route.production().getAsInt());
        Priority asked = use == CacheUse.USUAL && cache.oftenAnswers(name) ? Priority.HIGH : priority;
        try {
            fleet.find(id).ifPresent(instance -> instance.requireRoom(asked));
        } catch (FoveaException e) {
            listener.failed(id, e.code());
            throw e;
        }
    }

    /** A model as this process follows it, or as it is registered where this process does not serve it. */
    public RegisteredModel model(String name) {
        Route route = routes.get(name);
        return route != null ? route.model() : registry.model(name);
    }

    private Route route(String name) {
        Route route = routes.get(name);
        if (route == null && unloaded.contains(name)) {
            throw new FoveaException(
                    ErrorCode.MODEL_NOT_SERVED,
                    "%s was unloaded in this process. Load it with POST /v2/repository/models/%s/load."
                            .formatted(name, name));
        }
        // the registry's error names the models that exist
        return route != null ? route : follow(name);
    }

    /** The version stays loaded. */
    @Override
    public void validate(String name, int number) {
        LoadedVersion instance = fleet.ensure(registry.model(name).active(number));
        ModelPool.failure(instance.state()).ifPresent(why -> {
            throw why;
        });
        HealthCheck.check(instance);
        instance.problem().ifPresent(why -> {
            throw why;
        });
    }

    /**
     * Makes this process serve a model as the registry has it: loads what is wanted, flips the route, retires what
     * nobody needs. A production version that cannot be loaded leaves the one before it in place.
     */
    public Route follow(String name) {
        registry.model(name); // names that do not exist leave no lock behind
        // the registry is read again under the model's lock, so that an older image of it never replaces a newer one
        synchronized (locks.computeIfAbsent(name, n -> new Object())) {
            RegisteredModel model = registry.model(name);
            if (unloaded.contains(name)) {
                return new Route(model, OptionalInt.empty());
            }
            needed(model).forEach(number -> fleet.ensureTuned(model.version(number)));
            Route route = new Route(model, production(model));
            routes.put(name, route);
            model.deleted().forEach(number -> fleet.retire(new VersionId(name, number)));
            model.archived().forEach(number -> fleet.retire(new VersionId(name, number)));
            retireIdle(route);
            return route;
        }
    }

    @Override
    public void changed(String name) {
        Route _ = follow(name);
    }

    /** Retires the models whose last version was deleted. */
    @Override
    public void deleted() {
        for (String name : List.copyOf(routes.keySet())) {
            synchronized (locks.computeIfAbsent(name, n -> new Object())) {
                if (registry.isDeleted(name)) {
                    routes.remove(name);
                    fleet.retireAll(name);
                }
            }
        }
    }

    /** Models of which a version is needed, could not be loaded, and is due again: its bundle may be restored. */
    public List<String> dueForRetry() {
        return routes.values().stream()
                .map(Route::model)
                .filter(model -> needed(model).stream()
                        .anyMatch(number -> fleet.isDueForRetry(new VersionId(model.name(), number))))
                .map(RegisteredModel::name)
                .toList();
    }

    /** Lets {@link #follow} load again at once what failed: the model has changed. */
    void retryNow(String name) {
        fleet.retryNow(name);
    }

    /** Retires versions that were loaded for stated requests and that nobody has asked for lately. */
    void retireIdle() {
        routes.values().forEach(this::retireIdle);
    }

    private void retireIdle(Route route) {
        Set<Integer> wanted = needed(route.model());
        route.production().ifPresent(wanted::add);
        fleet.retireOthers(route.model().name(), wanted);
    }

    private OptionalInt production(RegisteredModel model) {
        OptionalInt wanted = model.alias(Alias.PRODUCTION).stream()
                .mapToInt(ModelVersion::number)
                .findFirst();
        boolean served = wanted.isPresent()
                && choice.ready(model.name(), wanted.getAsInt()).isPresent();
        OptionalInt before = Optional.ofNullable(routes.get(model.name()))
                .map(Route::production)
                .orElse(OptionalInt.empty());
        return served || before.isEmpty() ? wanted : before;
    }

    /** Production, the one to return to, and the canary. */
    private static Set<Integer> needed(RegisteredModel model) {
        Set<Integer> numbers = new HashSet<>();
        int promotions = model.promotions().size();
        model.promotions().subList(Math.max(0, promotions - 2), promotions).forEach(p -> numbers.add(p.version()));
        if (model.rollout() instanceof Rollout.Canary(int version, double ignored)) {
            numbers.add(version);
        }
        return numbers;
    }

    /** How long ago the last request of any kind came in. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - lastRequest);
    }

    /** The bundle of a version. */
    Bundle bundle(ModelVersion version) {
        return fleet.bundle(version);
    }

    Optional<LoadedVersion> instance(VersionId version) {
        return fleet.find(version);
    }

    /** The state of a version in this process; empty when it is only registered. */
    public Optional<LoadedVersionState> state(VersionId version) {
        return fleet.find(version).map(LoadedVersion::state);
    }

    /**
     * Instances that made no progress, of all models that are loaded.
     *
     * @param replaced by fresh ones
     * @param missing given up and not replaced yet
     */
    public record HungInstances(int replaced, int missing) {}

    /** What became of instances that made no progress. */
    public HungInstances hungInstances() {
        int replaced = 0;
        int missing = 0;
        for (LoadedModel model : fleet.ready()) {
            replaced += model.replacedInstances();
            missing += model.missingInstances();
        }
        return new HungInstances(replaced, missing);
    }

    /** Takes nothing new and frees every model once its last request is answered. */
    public void drain() {
        fleet.drainAll();
    }
}
