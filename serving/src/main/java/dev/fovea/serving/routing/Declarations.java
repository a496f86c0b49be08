package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.registry.Alias;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Declares cascades and fallbacks, after checking that the two models have the same labels. */
public final class Declarations {

    private static final String CLASSIFICATION = "classification";

    private final Registry registry;
    private final BundleStore bundles;
    private final Map<String, Set<String>> remotes;
    private final InstantSource clock;

    /**
     * Declarations in a registry.
     *
     * @param bundles the bundles of the versions
     * @param remotes the configured services, each with those of our labels that it can return
     */
    public Declarations(Registry registry, BundleStore bundles, Map<String, Set<String>> remotes, InstantSource clock) {
        this.registry = registry;
        this.bundles = bundles;
        this.remotes = Map.copyOf(remotes);
        this.clock = clock;
    }

    /**
     * Declares a cascade: images below the confidence threshold escalate to a larger model.
     *
     * @param expected the figures of an evaluation, if any
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code MODEL_NOT_SERVED}, {@code STATE_CONFLICT} without a
     *     classifier or its confidence, {@code LABELS_MISMATCH}, {@code ARGUMENT_INVALID}
     */
    public RegisteredModel cascade(
            String name, ModelRef larger, double threshold, Optional<Cascade.Expectation> expected, Author author) {
        ModelVersion small = requireCascade(name, larger);
        Cascade cascade = new Cascade(
                larger, threshold, small.number(), clock.instant().truncatedTo(ChronoUnit.MICROS), expected);
        return registry.assistance().cascade(name, cascade, author.who(), author.reason());
    }

    /** The version that would escalate, if the two can make a cascade; throws as {@link #cascade} does. */
    public ModelVersion requireCascade(String name, ModelRef larger) {
        ModelVersion small = shown(name);
        requireAnother(name, larger);
        requireClassifier(small);
        requireConfidence(small);
        requireSameLabels(small, larger);
        return small;
    }

    /** Declares a fallback for when a model fails; throws as {@link #cascade} does. */
    public RegisteredModel fallback(String name, Fallback fallback, Author author) {
        ModelVersion own = shown(name);
        switch (fallback) {
            case Fallback.Label(String label) -> {
                requireClassifier(own);
                requireLabel(own, label);
            }
            case Fallback.FallbackModel(ModelRef other) -> {
                requireAnother(name, other);
                requireSameLabels(own, other);
            }
        }
        return registry.assistance().fallback(name, fallback, author.who(), author.reason());
    }

    /** The author of a declaration, and the reason. */
    public record Author(String who, String reason) {}

    /** A model's production version, or its newest before there is one. */
    private ModelVersion shown(String name) {
        RegisteredModel model = registry.model(name);
        return model.alias(Alias.PRODUCTION).or(model::latest).orElseThrow();
    }

    private static void requireAnother(String name, ModelRef other) {
        if (other.equals(new ModelRef.Local(name))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot escalate to itself or be its own fallback. Name another model.".formatted(name));
        }
    }

    private static void requireClassifier(ModelVersion version) {
        if (!version.registration().task().equals(CLASSIFICATION)) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s is a model for %s. Only classifiers have a confidence for one label."
                            .formatted(version.id(), version.registration().task()));
        }
    }

    /** A network that ends in ArgMax returns no probability: its confidence is always 1. */
    private void requireConfidence(ModelVersion version) {
        Postprocessing postprocessing = bundles.manifest(version.bundleId()).postprocessing();
        if (postprocessing instanceof Postprocessing.OneLabel(var _, Activation activation, var _, var _)
                && activation == Activation.ARGMAX) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s returns the index of a label (ArgMax) without a probability, so that its confidence is always 1. Export the network without its final ArgMax, and import it."
                            .formatted(version.id()));
        }
    }

    private static void requireLabel(ModelVersion version, String label) {
        if (!version.labels().contains(label)) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "\"%s\" is not a label of %s; it has %s.".formatted(label, version.id(), named(version.labels())));
        }
    }

    private void requireSameLabels(ModelVersion own, ModelRef other) {
        switch (other) {
            case ModelRef.Local(String name) -> requireSame(own, inProduction(name));
            case ModelRef.Remote(String name) -> {
                requireClassifier(own);
                Set<String> labels = remotes.get(name);
                if (labels == null) {
                    throw Remotes.unknown(name, new TreeSet<>(remotes.keySet()));
                }
                Set<String> unknown = new TreeSet<>(labels);
                own.labels().forEach(unknown::remove);
                if (!unknown.isEmpty()) {
                    throw new FoveaException(
                            ErrorCode.LABELS_MISMATCH,
                            "remote:%s may return %s, which %s does not have; it has %s. Map its labels to those in remotes.json."
                                    .formatted(name, named(unknown), own.id(), named(own.labels())));
                }
            }
        }
    }

    private ModelVersion inProduction(String name) {
        return registry.model(name)
                .alias(Alias.PRODUCTION)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%s has no version in production. Promote one: fovea promote %s VERSION."
                                .formatted(name, name)));
    }

    private static void requireSame(ModelVersion own, ModelVersion other) {
        if (!own.registration().task().equals(other.registration().task())) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s is a model for %s, and %s for %s. Choose a model for the same task."
                            .formatted(
                                    own.id(),
                                    own.registration().task(),
                                    other.id(),
                                    other.registration().task()));
        }
        Set<String> mine = new TreeSet<>(own.labels());
        Set<String> theirs = new TreeSet<>(other.labels());
        if (!mine.equals(theirs)) {
            Set<String> missing = new TreeSet<>(mine);
            missing.removeAll(theirs);
            Set<String> more = new TreeSet<>(theirs);
            more.removeAll(mine);
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The labels differ: only %s has %s, only %s has %s. Choose a model with the same labels."
                            .formatted(own.id(), named(missing), other.id(), named(more)));
        }
    }

    /** Labels for a message: the first few, and the count of the rest. */
    public static String named(Collection<String> labels) {
        List<String> first = labels.stream().limit(8).map("\"%s\""::formatted).toList();
        return labels.isEmpty()
                ? "none more"
                : String.join(", ", first)
                        + (labels.size() > first.size() ? " and %d more".formatted(labels.size() - first.size()) : "");
    }
}
