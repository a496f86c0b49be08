package dev.fovea.traffic.truth;

import static java.util.Objects.requireNonNull;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.PredictedOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes in true labels and joins them to the predictions of their requests, by the version that predicted. Labels that
 * come before their prediction is in the log are joined later. A label whose request's id stands for predictions of a
 * version that differ is not joined to any of them.
 */
public final class Truths {

    /** The most truths of one call. */
    public static final int MAX_AT_ONCE = 1_000_000;

    private static final int SHOWN = 20;
    private static final String MULTI_LABEL = "multi-label";
    private static final String MULTI_TASK = "multi-task";

    private final Registry registry;
    private final TruthStore store;
    private final PredictionLookup predictions;

    public Truths(Registry registry, TruthStore store, PredictionLookup predictions) {
        this.registry = registry;
        this.store = store;
        this.predictions = predictions;
    }

    /**
     * Adds truths, all or none.
     *
     * @param replace whether labels that contradict those that stand take their place
     * @throws FoveaException {@code MODEL_UNKNOWN}; {@code ANNOTATION_INVALID} for labels that are no class of any
     *     version, which names them and the classes, and for an id that is there twice with different labels
     */
    public TruthReceipt add(String model, Collection<Truth> truths, boolean replace) {
        requireClasses(model, truths);
        requireTasks(model, truths);
        Map<String, Truth> distinct = distinct(truths);
        TruthStore.AddedTruths added = store.add(model, distinct.values(), replace);
        Map<String, Truth> fresh = new HashMap<>();
        added.added().forEach(id -> fresh.put(id, distinct.get(id)));
        added.replaced().forEach(id -> fresh.put(id, distinct.get(id)));
        Joins joins = settle(model, fresh);
        Set<String> missing = new HashSet<>(fresh.keySet());
        missing.removeAll(joins.found);
        return new TruthReceipt(
                truths.size(),
                added.added().size(),
                added.repeated().size() + truths.size() - distinct.size(),
                added.conflicting().size(),
                added.replaced().size(),
                fresh.size() - missing.size(),
                missing.size(),
                new TruthReceipt.Examples(
                        added.conflicting().stream()
                                .limit(TruthReceipt.EXAMPLES)
                                .toList(),
                        missing.stream().sorted().limit(TruthReceipt.EXAMPLES).toList(),
                        joins.ambiguous.stream()
                                .sorted()
                                .limit(TruthReceipt.EXAMPLES)
                                .toList()));
    }

    /** Whether images of a model have several labels: any number, or one of each of its tasks. */
    public static boolean isMultiLabel(RegisteredModel model) {
        return model.versions().stream()
                .map(version -> version.registration().task())
                .anyMatch(task -> task.equals(MULTI_LABEL) || task.equals(MULTI_TASK));
    }

    /**
     * What is true of an image for a model of several tasks is one label of each task that somebody looked at, with the
     * task's name.
     */
    private void requireTasks(String model, Collection<Truth> truths) {
        if (registry.model(model).versions().stream()
                .noneMatch(version -> version.registration().task().equals(MULTI_TASK))) {
            return;
        }
        for (Truth truth : truths) {
            Set<String> tasks = new HashSet<>();
            boolean isOfTasks = truth.labels() instanceof TrueLabels.TrueLabelSet
                    && !truth.labels().classes().isEmpty()
                    && truth.labels().classes().stream().allMatch(label -> tasks.add(TaskHead.task(label)));
            if (!isOfTasks) {
                throw new FoveaException(
                        ErrorCode.ANNOTATION_INVALID,
                        "The truth of the request \"%s\" is %s. %s has several tasks: give \"labels\" with one label of each task that is known, such as [\"colour=red\"]. Nothing was added."
                                .formatted(
                                        Printable.brief(truth.request()),
                                        truth.labels().json(),
                                        model));
            }
        }
    }

    /**
     * What became of truths that waited.
     *
     * @param joined to predictions that have come since
     * @param ambiguous those that still wait because their request's id stands for predictions that differ
     */
    public record JoinedTruths(int joined, int ambiguous) {

        /** Counts of a store, with these ambiguous ones. */
        public TruthCounts counts(TruthCounts stored) {
            return new TruthCounts(
                    stored.stored(),
                    stored.joined(),
                    stored.waiting(),
                    stored.conflicting(),
                    stored.repeated(),
                    ambiguous);
        }
    }

    /** Joins what waits to predictions that have come since. */
    public JoinedTruths settle(String model) {
        Joins joins = settle(model, store.waiting(model));
        return new JoinedTruths(joins.found.size(), joins.ambiguous.size());
    }

    /** The store. */
    public TruthStore store() {
        return store;
    }

    private Joins settle(String model, Map<String, Truth> waiting) {
        Joins joins = new Joins();
        if (waiting.isEmpty()) {
            return joins;
        }
        predictions.find(model, waiting.keySet(), prediction -> {
            Truth truth = waiting.get(prediction.request().id());
            if (truth != null) {
                joins.add(prediction, truth);
            }
        });
        store.settle(model, joins.settled());
        return joins;
    }

    /**
     * Predictions of truths by request and version. A client may use an id twice; where a version's predictions for it
     * differ, nobody knows which one the truth is of.
     */
    private static final class Joins {

        private final Map<String, Map<Integer, Join>> joins = new HashMap<>();
        private final Set<String> found = new HashSet<>();
        private final Set<String> ambiguous = new HashSet<>();

        private record Join(SettledTruth settled, PredictedOutput output) {}

        void add(LoggedPrediction prediction, Truth truth) {
            String request = truth.request();
            Join join = new Join(Truths.settled(prediction, truth), prediction.output());
            Join before = joins.computeIfAbsent(request, _ -> new HashMap<>())
                    .putIfAbsent(prediction.version().version(), join);
            if (before != null && !alike(before.output, join.output)) {
                ambiguous.add(request);
                found.remove(request);
            }
            if (!ambiguous.contains(request)) {
                found.add(request);
            }
        }

        List<SettledTruth> settled() {
            List<SettledTruth> settled = new ArrayList<>();
            found.forEach(
                    request -> requireNonNull(joins.get(request)).values().forEach(join -> settled.add(join.settled)));
            return settled;
        }

        private static boolean alike(PredictedOutput one, PredictedOutput other) {
            return (one instanceof PredictedOutput.TopLabels first && other instanceof PredictedOutput.TopLabels second)
                    ? first.best().map(LoggedLabel::label).equals(second.best().map(LoggedLabel::label))
                    : one.equals(other);
        }
    }

    private static SettledTruth settled(LoggedPrediction prediction, Truth truth) {
        return new SettledTruth(
                truth.request(),
                prediction.version().version(),
                prediction.contract(),
                prediction.time(),
                Judgement.of(prediction.output(), truth.labels()));
    }

    private static Map<String, Truth> distinct(Collection<Truth> truths) {
        Map<String, Truth> distinct = new LinkedHashMap<>();
        for (Truth truth : truths) {
            Truth before = distinct.putIfAbsent(truth.request(), truth);
            if (before != null && !before.labels().equals(truth.labels())) {
                throw new FoveaException(
                        ErrorCode.ANNOTATION_INVALID,
                        "The request \"%s\" is there twice, as %s and as %s. Nothing was added. Remove one of them."
                                .formatted(
                                        Printable.brief(truth.request()),
                                        before.labels().json(),
                                        truth.labels().json()));
            }
        }
        return distinct;
    }

    private void requireClasses(String model, Collection<Truth> truths) {
        NavigableSet<String> classes = new TreeSet<>();
        for (ModelVersion version : registry.model(model).versions()) {
            classes.addAll(version.labels());
        }
        NavigableSet<String> unknown = new TreeSet<>();
        for (Truth truth : truths) {
            truth.labels().classes().stream()
                    .filter(label -> !classes.contains(label))
                    .forEach(unknown::add);
        }
        if (!unknown.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "%d label%s no class of %s: %s. Its classes are %s. Nothing was added."
                            .formatted(
                                    unknown.size(),
                                    unknown.size() == 1 ? " is" : "s are",
                                    model,
                                    listed(unknown),
                                    listed(classes)));
        }
    }

    private static String listed(NavigableSet<String> labels) {
        List<String> shown = labels.stream().limit(SHOWN).map(Printable::brief).toList();
        return String.join(", ", shown)
                + (labels.size() > shown.size() ? " and %d more".formatted(labels.size() - shown.size()) : "");
    }
}
