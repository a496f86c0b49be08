package dev.fovea.alerts;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.alerts.AlertStore.AlertChange;
import dev.fovea.alerts.AlertStore.AlertRecord;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Alerts of a home: takes conditions, moves alerts through their states, and writes what is to be told. Alerts and what
 * is told of them are written in one transaction. When the home cannot be written, alerts are kept in memory and told
 * from there, because that they cannot be written is what must be told. Thread-safe; it has no lock of its own.
 */
public final class Alerts {

    /** More deliveries never wait on one route. */
    public static final int MAX_WAITING = 1000;

    /** A condition that still holds is written again so often, so that its alert is not forgotten. */
    private static final Duration REPORT_AGAIN = Duration.ofMinutes(1);

    private static final Duration KEEP = Duration.ofDays(90);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final AlertStore store;
    private final SilenceStore silences;
    private final MemoryAlertStore memory = new MemoryAlertStore();
    private final List<RouteRule> routes;
    private final AlertRules rules;
    private final InstantSource clock;
    /** What was written last, by key; spares the database writing the same each time. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private volatile Instant pruned = Instant.EPOCH;

    private record Told(Condition condition, Instant at) {}

    public Alerts(
            AlertStore store, SilenceStore silences, List<RouteRule> routes, AlertRules rules, InstantSource clock) {
        this.store = store;
        this.silences = silences;
        this.routes = List.copyOf(routes);
        this.rules = rules;
        this.clock = clock;
    }

    /** The alerts that are kept while the home cannot be written; what delivers reads them, too. */
    public AlertStore unwritten() {
        return memory;
    }

    /** A condition holds. Report it again at least every minute for as long as it does. */
    public void report(Condition condition) {
        Instant now = clock.instant();
        Told last = told.get(condition.key());
        if (last != null
                && last.condition().saysTheSame(condition)
                && now.isBefore(last.at().plus(REPORT_AGAIN))) {
            return;
        }
        try {
            Optional<AlertRecord> unwritten = memory.openAt(condition.key());
            report(store, condition, plan(now), unwritten);
            unwritten.ifPresent(record -> memory.forget(record.alert().id()));
        } catch (FoveaException e) {
            requireOutage(e);
            report(memory, condition, new DeliveryPlan(routes, List.of(), route -> false, now), Optional.empty());
        }
        told.put(condition.key(), new Told(condition, now));
    }

    /** @param unwritten the same alert as it was kept in memory; what was told of it is not told again */
    private void report(AlertStore to, Condition condition, DeliveryPlan plan, Optional<AlertRecord> unwritten) {
        Instant now = plan.now();
        var _ = to.change(condition.key(), known -> {
            Alert.AlertStep step = known.filter(record -> record.alert().takes(now, rules))
                    .map(record -> record.alert().report(condition, now))
                    .orElseGet(() -> Alert.begin(UlidCreator.getMonotonicUlid().toString(), condition, now));
            List<Delivery> before = known.filter(
                            record -> record.alert().id().equals(step.alert().id()))
                    .map(AlertRecord::deliveries)
                    .orElse(List.of());
            return Optional.of(change(step, before, plan, "", condition.title(), delivered(unwritten)));
        });
    }

    private static Set<String> delivered(Optional<AlertRecord> unwritten) {
        Set<String> routes = new HashSet<>();
        unwritten.ifPresent(record -> record.deliveries().stream()
                .filter(delivery -> delivery.state() == DeliveryState.DELIVERED)
                .forEach(delivery -> routes.add(delivery.route())));
        return routes;
    }

    private static AlertChange change(
            Alert.AlertStep step,
            List<Delivery> before,
            DeliveryPlan plan,
            String by,
            String detail,
            Set<String> done) {
        List<Delivery> deliveries =
                step.event().map(event -> plan.of(step.alert(), event, before)).orElse(List.of()).stream()
                        .map(delivery -> done.contains(delivery.route()) && delivery.state() == DeliveryState.WAITING
                                ? delivery.to(
                                        DeliveryState.DELIVERED, plan.now(), "told while the home could not be written")
                                : delivery)
                        .toList();
        return new AlertChange(
                step.alert(), step.event().map(event -> new AlertEntry(plan.now(), event, by, detail)), deliveries);
    }

    /** A condition holds no longer. Its alert is resolved when that lasts. */
    public void clear(String key) {
        Instant now = clock.instant();
        told.remove(key);
        clear(memory, key, now);
        try {
            clear(store, key, now);
        } catch (FoveaException e) {
            requireOutage(e); // the alert is resolved when nobody has reported it for a while
        }
    }

    private static void clear(AlertStore from, String key, Instant now) {
        var _ = from.change(
                key,
                known -> known.map(AlertRecord::alert)
                        .filter(alert ->
                                alert.state().isOpen() && alert.cleared().isEmpty())
                        .map(alert -> new AlertChange(alert.clear(now), Optional.empty(), List.of())));
    }

    /**
     * Exactly these conditions hold of all whose keys begin alike.
     *
     * @param prefix of the keys, such as {@code model-not-served/here:8080/}
     */
    public void reportAll(String prefix, Collection<Condition> holding) {
        Set<String> keys = new HashSet<>();
        for (Condition condition : holding) {
            report(condition);
            keys.add(condition.key());
        }
        List<Alert> open = new ArrayList<>(memory.open());
        open.addAll(orNone(store::open));
        open.stream()
                .filter(alert -> alert.cleared().isEmpty())
                .map(alert -> alert.condition().key())
                .filter(key -> key.startsWith(prefix) && !keys.contains(key))
                .distinct()
                .forEach(this::clear);
    }

    /**
     * Resolves alerts whose conditions have not held for long enough, tells what silences held back, forgets old ones.
     */
    public void settle() {
        Instant now = clock.instant();
        settle(memory, new DeliveryPlan(routes, List.of(), route -> false, now));
        int _ = memory.prune(now.minus(rules.resolveAfter()));
        try {
            settle(store, plan(now));
            if (now.isAfter(pruned.plus(PRUNE_EVERY))) {
                pruned = now;
                int _ = store.prune(now.minus(KEEP));
                int _ = silences.prune(now.minus(KEEP));
            }
        } catch (FoveaException e) {
            requireOutage(e); // the next turn comes soon
        }
    }

    private void settle(AlertStore of, DeliveryPlan plan) {
        for (Alert open : of.open()) {
            boolean due = open.settle(plan.now(), rules).isPresent()
                    || of.find(open.id())
                            .filter(record -> !unsilenced(record, plan).isEmpty())
                            .isPresent();
            if (due) {
                var _ = of.changeById(open.id(), known -> known.flatMap(record -> settled(record, plan)));
            }
        }
    }

    private static List<Delivery> unsilenced(AlertRecord record, DeliveryPlan plan) {
        return record.alert().state() instanceof AlertState.Raised
                ? plan.unsilenced(record.alert(), record.deliveries())
                : List.of();
    }

    private Optional<AlertChange> settled(AlertRecord record, DeliveryPlan plan) {
        Optional<Alert.AlertStep> step = record.alert().settle(plan.now(), rules);
        if (step.isPresent()) {
            told.remove(record.alert().condition().key());
            return step.map(resolved -> change(
                    resolved,
                    record.deliveries(),
                    plan,
                    "",
                    record.alert().condition().title(),
                    Set.of()));
        }
        List<Delivery> late = unsilenced(record, plan);
        return late.isEmpty() ? Optional.empty() : Optional.of(new AlertChange(record.alert(), Optional.empty(), late));
    }

    /**
     * Somebody takes an alert up.
     *
     * @throws FoveaException {@code NOT_FOUND}; {@code STATE_CONFLICT} when it is not raised
     */
    public Alert acknowledge(String id, String by, String note) {
        DeliveryPlan plan = plan(clock.instant());
        return store.changeById(
                        id,
                        known -> known.map(record -> change(
                                record.alert().acknowledge(by, note, plan.now()),
                                record.deliveries(),
                                plan,
                                by,
                                note,
                                Set.of())))
                .orElseThrow(() -> unknown(id));
    }

    /** Raised and acknowledged alerts, those in memory first, then the most urgent. */
    public List<Alert> open() {
        List<Alert> open = new ArrayList<>(memory.open());
        open.addAll(store.open());
        return List.copyOf(open);
    }

    /** All alerts, the newest first. */
    public List<Alert> recent(int limit) {
        return store.recent(limit);
    }

    /** An alert with all that is on record about it. */
    public record AlertFile(AlertRecord record, List<AlertEntry> history, List<DeliveryAttempt> attempts) {}

    /** @throws FoveaException {@code NOT_FOUND} */
    public AlertFile file(String id) {
        AlertRecord record = store.find(id).orElseThrow(() -> unknown(id));
        return new AlertFile(record, store.history(id), store.attempts(id));
    }

    private DeliveryPlan plan(Instant now) {
        Map<String, Long> waiting = store.waiting();
        return new DeliveryPlan(
                routes, silences.inForce(now), route -> waiting.getOrDefault(route, 0L) >= MAX_WAITING, now);
    }

    private static List<Alert> orNone(Supplier<List<Alert>> reading) {
        try {
            return reading.get();
        } catch (FoveaException e) {
            requireOutage(e);
            return List.of();
        }
    }

    private static void requireOutage(FoveaException e) {
        if (e.code() != ErrorCode.STORAGE_FAILED && e.code() != ErrorCode.STORAGE_UNAVAILABLE) {
            throw e;
        }
    }

    private static FoveaException unknown(String id) {
        return new FoveaException(
                ErrorCode.NOT_FOUND, "There is no alert \"%s\". List them: fovea alerts list".formatted(id));
    }
}
