package dev.fovea.traffic.truth;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.LoggedPrediction;
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
 * come before their prediction is in the log are joined later.
 */
public final class Truths {

    /** The most truths of one call. */
    public static final int MAX_AT_ONCE = 1_000_000;

    private static final int SHOWN = 20;
    private static final String MULTI_LABEL = "multi-label";

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
        Map<String, Truth> distinct = distinct(truths);
        TruthStore.AddedTruths added = store.add(model, distinct.values(), replace);
        Map<String, Truth> fresh = new HashMap<>();
        added.added().forEach(id -> fresh.put(id, distinct.get(id)));
        added.replaced().forEach(id -> fresh.put(id, distinct.get(id)));
        Set<String> missing = new HashSet<>(fresh.keySet());
        missing.removeAll(settle(model, fresh));
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
                        missing.stream().sorted().limit(TruthReceipt.EXAMPLES).toList()));
    }

    /** Whether images of a model have any number of labels. */
    public static boolean isMultiLabel(RegisteredModel model) {
        return model.versions().stream()
                .anyMatch(version -> version.registration().task().equals(MULTI_LABEL));
    }

    /** Joins what waits to predictions that have come since, and returns how many were joined. */
    public int settle(String model) {
        return settle(model, store.waiting(model)).size();
    }

    /** The store. */
    public TruthStore store() {
        return store;
    }

    private Set<String> settle(String model, Map<String, Truth> waiting) {
        Set<String> found = new HashSet<>();
        if (waiting.isEmpty()) {
            return found;
        }
        List<SettledTruth> settled = new ArrayList<>();
        predictions.find(model, waiting.keySet(), prediction -> {
            String request = prediction.request().id();
            Truth truth = waiting.get(request);
            if (truth != null) {
                settled.add(settled(prediction, truth));
                found.add(request);
            }
        });
        store.settle(model, settled);
        return found;
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
