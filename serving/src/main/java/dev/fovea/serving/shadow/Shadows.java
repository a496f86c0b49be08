package dev.fovea.serving.shadow;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts, shows and stops shadows, the same for commands and the API. Running servers follow within a second. */
public final class Shadows {

    private static final double MIN_PERCENT = 0.01;
    private static final int MAX_IMAGES = 100_000;
    private static final Set<String> INCOMPARABLE = Set.of(Task.EMBEDDING.toString(), Task.TENSORS.toString());

    private final Registry registry;
    private final ShadowStore store;
    private final CandidateModels candidates;
    private final DifferenceImages images;
    private final InstantSource clock;

    public Shadows(
            Registry registry,
            ShadowStore store,
            CandidateModels candidates,
            DifferenceImages images,
            InstantSource clock) {
        this.registry = registry;
        this.store = store;
        this.candidates = candidates;
        this.images = images;
        this.clock = clock;
    }

    /**
     * A shadow and its results so far.
     *
     * @param agreement share of compared images with the same prediction, with its 95 % interval; empty before the
     *     first
     */
    public record ShadowStatus(Shadow shadow, ShadowTotals totals, Optional<Interval> agreement) {}

    /**
     * Starts a shadow beside the production version.
     *
     * @param percent share of the requests, 0.01 to 100
     * @param kept where images with different predictions are kept
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code ARGUMENT_INVALID},
     *     {@code DATASET_UNKNOWN}; {@code STATE_CONFLICT} without a production version, for the production version
     *     itself, for one with another task, beside another shadow, and for a task without labels or places;
     *     {@code VALIDATION_FAILED} and why it cannot be loaded
     */
    public Shadow start(VersionId candidate, double percent, Optional<Shadow.KeptImages> kept, String who) {
        if (!(percent >= MIN_PERCENT && percent <= 100)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A shadow of %s %% is not possible; give %s to 100.".formatted(percent, MIN_PERCENT));
        }
        kept.ifPresent(this::require);
        RegisteredModel model = registry.model(candidate.model());
        ModelVersion version = model.active(candidate.version());
        requireComparable(model, version);
        candidates.open(candidate).close(); // an invalid one is refused now
        Shadow shadow = new Shadow(candidate, percent, clock.instant().truncatedTo(ChronoUnit.MICROS), who, kept);
        if (!store.start(shadow)) {
            throw conflict("%s has a shadow already: %s. Stop it first: fovea shadow stop %s"
                    .formatted(
                            candidate.model(),
                            store.find(candidate.model())
                                    .map(other -> "version " + other.version().version())
                                    .orElse("one that has just ended"),
                            candidate.model()));
        }
        return shadow;
    }

    private void require(Shadow.KeptImages kept) {
        if (kept.max() < 1 || kept.max() > MAX_IMAGES) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A shadow cannot keep %d images; give 1 to %d.".formatted(kept.max(), MAX_IMAGES));
        }
        images.require(kept.dataset());
    }

    private static void requireComparable(RegisteredModel model, ModelVersion version) {
        ModelVersion production = model.alias(Alias.PRODUCTION)
                .orElseThrow(
                        () -> conflict("%s has no production version to compare version %d with. Promote one first."
                                .formatted(model.name(), version.number())));
        if (production.number() == version.number()) {
            throw conflict("Version %d of %s is in production already. Choose another version."
                    .formatted(version.number(), model.name()));
        }
        String task = version.registration().task();
        if (INCOMPARABLE.contains(task)) {
            throw conflict("%s is a model for %s, whose predictions have no labels or places to compare."
                    .formatted(version.id(), task));
        }
        if (!task.equals(production.registration().task())) {
            throw conflict(
                    "%s is a model for %s, and version %d in production for %s. Their predictions cannot be compared."
                            .formatted(
                                    version.id(),
                                    task,
                                    production.number(),
                                    production.registration().task()));
        }
    }

    /** The shadow of a model and its results; {@code MODEL_UNKNOWN}, and {@code SHADOW_UNKNOWN} without a shadow. */
    public ShadowStatus status(String model) {
        Shadow shadow = shadow(model);
        ShadowTotals totals = store.totals(shadow);
        return new ShadowStatus(
                shadow,
                totals,
                totals.compared() == 0
                        ? Optional.empty()
                        : Optional.of(WilsonInterval.of(totals.compared() - totals.different(), totals.compared())));
    }

    /** Images with different predictions, those with the greatest weight first; errors as of {@link #status}. */
    public List<ShadowDifference> differences(String model, int limit, int offset) {
        return store.differences(shadow(model), limit, offset);
    }

    /** Ends the shadow of a model and removes its results; kept images stay. Errors as of {@link #status}. */
    public ShadowStatus stop(String model) {
        ShadowStatus last = status(model);
        boolean _ = store.stop(last.shadow());
        return last;
    }

    private Shadow shadow(String model) {
        registry.model(model); // its error names those that exist
        return store.find(model)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.SHADOW_UNKNOWN,
                        "%1$s has no version in shadow. Start one: fovea shadow start %1$s@VERSION".formatted(model)));
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
