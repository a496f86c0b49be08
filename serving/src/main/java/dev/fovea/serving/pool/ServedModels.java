package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.registry.Alias;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.serving.PredictionTarget;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The models that this process serves, as the registry has them: a version is loaded and validated, then the route
 * flips, then the old one drains. Owns what it loads until {@link #drain}.
 *
 * <p>Any thread may call; routes are read without a lock. {@link #follow} makes routes, under a lock per model; it is
 * called by the {@link Reconciler} and after every change of the registry by this process.
 */
public final class ServedModels implements ReleaseHost {

    private final Registry registry;
    private final ModelPool pool;
    private final VersionChoice choice;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Set<String> unloaded = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** Without routes until {@link #follow}. */
    public ServedModels(Registry registry, BundleStore bundles, ModelHost host, TransitionListener transitions) {
        this(registry, bundles, host, transitions, System::nanoTime);
    }

    /** The same with a clock for retries. */
    public ServedModels(
            Registry registry,
            BundleStore bundles,
            ModelHost host,
            TransitionListener transitions,
            LongSupplier nanos) {
        this.registry = registry;
        this.pool = new ModelPool(bundles, host, transitions::moved, nanos);
        this.choice = new VersionChoice(registry, pool);
    }

    /**
     * The version that serves a request; it may be retired before it is entered.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code MODEL_NOT_SERVED}
     */
    VersionChoice.Chosen choose(PredictionTarget target, byte[] identity) {
        return choice.of(route(target.model()), target, identity);
    }

    /** Whether it is still the loaded version of its number. */
    boolean isCurrent(LoadedVersion version) {
        return pool.isCurrent(version);
    }

    /** The loaded version that a model's production traffic goes to; empty where there is none. */
    Optional<LoadedVersion> routed(String name) {
        Route route = routes.get(name);
        return route == null || route.production().isEmpty()
                ? Optional.empty()
                : pool.find(new VersionId(name, route.production().getAsInt()));
    }

    /** Takes a model out of service in this process, though not out of the registry, until {@link #load}. */
    public void unload(String name) {
        registry.model(name);
        unloaded.add(name);
        routes.remove(name);
        pool.retireAll(name);
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
     * Whether requests are accepted: not while stopping, and not while no production version of any model responds. One
     * model that fails leaves the server ready for the others.
     */
    public boolean isReady() {
        List<ModelHealth> models = health();
        return !pool.isDrained() && (models.isEmpty() || models.stream().anyMatch(ModelHealth::isReady));
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
                .flatMap(health -> pool.find(new VersionId(health.model(), health.version())).stream())
                .toList();
    }

    /**
     * Whether requests for the model are served: with {@code version}, or with the one in production.
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
        LoadedVersion instance = pool.ensure(registry.model(name).active(number));
        ModelPool.failure(instance.state()).ifPresent(why -> {
            throw why;
        });
        HealthCheck.check(instance);
        instance.problem().ifPresent(why -> {
            throw why;
        });
    }

    /**
     * Makes this process serve a model as the registry has it: loads what is wanted, flips the route, retires what is
     * not needed. A production version that cannot be loaded leaves the one before it in place.
     */
    public Route follow(String name) {
        registry.model(name); // names that do not exist leave no lock behind
        // the registry is read again under the model's lock, so that an older image of it never replaces a newer one
        synchronized (locks.computeIfAbsent(name, n -> new Object())) {
            RegisteredModel model = registry.model(name);
            if (unloaded.contains(name)) {
                return new Route(model, OptionalInt.empty());
            }
            Route.needed(model).forEach(number -> pool.ensureTuned(model.version(number)));
            Route route = new Route(model, production(model));
            routes.put(name, route);
            model.deleted().forEach(number -> pool.retire(new VersionId(name, number)));
            model.archived().forEach(number -> pool.retire(new VersionId(name, number)));
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
                    pool.retireAll(name);
                }
            }
        }
    }

    /** Models of which a version is needed, could not be loaded, and is due again: its bundle may be restored. */
    public List<String> dueForRetry() {
        return routes.values().stream()
                .map(Route::model)
                .filter(model -> Route.needed(model).stream()
                        .anyMatch(number -> pool.isDueForRetry(new VersionId(model.name(), number))))
                .map(RegisteredModel::name)
                .toList();
    }

    /** Lets {@link #follow} load again at once what failed: the model has changed. */
    void retryNow(String name) {
        pool.retryNow(name);
    }

    /** Retires versions that were loaded on request and were not used lately. */
    void retireIdle() {
        routes.values().forEach(this::retireIdle);
    }

    private void retireIdle(Route route) {
        Set<Integer> wanted = route.needed();
        route.production().ifPresent(wanted::add);
        pool.retireOthers(route.model().name(), wanted);
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

    /** The bundle of a version. */
    Bundle bundle(ModelVersion version) {
        return pool.bundle(version);
    }

    Optional<LoadedVersion> instance(VersionId version) {
        return pool.find(version);
    }

    /** The state of a version in this process; empty when it is only registered. */
    public Optional<LoadedVersionState> state(VersionId version) {
        return pool.find(version).map(LoadedVersion::state);
    }

    /** The stalled instances of all loaded models. */
    public StalledInstances stalledInstances() {
        int replaced = 0;
        int missing = 0;
        for (LoadedModel model : pool.ready()) {
            replaced += model.replacedInstances();
            missing += model.missingInstances();
        }
        return new StalledInstances(replaced, missing);
    }

    /** Accepts nothing new and frees every model once its last request has ended. */
    public void drain() {
        pool.drainAll();
    }
}
