package dev.fovea.monitoring.accuracy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.estimation.LabelPlan;
import dev.fovea.traffic.truth.LabelPlanStore;
import dev.fovea.traffic.truth.PlannedLabels;
import dev.fovea.traffic.truth.PredictionLookup;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.Truths;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Draws the predictions whose labels tell most about accuracy, and says how many are needed. Thread-safe. */
public final class LabelPlanning {

    /** Labelled draws that the expected variance counts as. */
    private static final int EXPECTED_COUNTS = 30;

    private final Truths truths;
    private final PredictionLookup predictions;
    private final HeldOutPredictions heldOut;
    private final LabelPlanStore plans;
    private final LabelQueue queue;
    private final InstantSource clock;

    public LabelPlanning(
            Truths truths,
            PredictionLookup predictions,
            HeldOutPredictions heldOut,
            LabelPlanStore plans,
            LabelQueue queue,
            InstantSource clock) {
        this.queue = queue;
        this.truths = truths;
        this.predictions = predictions;
        this.heldOut = heldOut;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * Plans labels, stores the plan, and sends images that are kept to labelling. A plan of predictions in this time is
     * extended, so that its labels count.
     *
     * @param within the wanted half of the 95 % interval, such as 0.02
     * @throws FoveaException {@code ARGUMENT_INVALID} where that takes a label for each prediction
     */
    public LabelPlanReport plan(ModelVersion version, AccuracyWindow window, double within) {
        if (!(within >= 0.001 && within <= 0.25)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"within\" is %s; it must be from 0.1 to 25 percentage points.".formatted(within * 100));
        }
        VersionId id = version.id();
        int _ = truths.settle(id.model());
        Optional<PlannedLabels> before =
                plans.newest(id).filter(plan -> plan.to().isAfter(window.from()));
        Instant from = before.map(PlannedLabels::from).orElse(window.from());
        Instant to = before.map(PlannedLabels::to).orElse(window.to());
        List<Truth> labels = truths.store().truths(id.model(), id.version(), from, to);
        Set<String> kept = labels.stream().map(Truth::request).collect(Collectors.toCollection(HashSet::new));
        before.ifPresent(plan -> plan.draws().forEach(draw -> kept.add(draw.request())));
        JudgedPredictions judged = JudgedPredictions.read(predictions, version, new AccuracyWindow(from, to), kept);
        requireSome(judged, id);
        double[] guesses = guesses(version, judged);
        double[] probabilities = LabelPlan.probabilities(guesses, judged.design());
        Optional<PlannedSample> found = before.flatMap(plan -> PlannedSample.of(plan, judged, labels));
        double variance =
                variance(LabelPlan.termVariance(guesses, judged.design(), probabilities), found, judged, guesses);
        int draws = LabelPlan.draws(variance, within, Interval.DEFAULT_LEVEL);
        if (draws >= judged.size()) {
            throw tooMany(judged, draws, within);
        }
        PlannedLabels plan = new PlannedLabels(
                before.map(PlannedLabels::id).orElseGet(() -> UUID.randomUUID().toString()),
                id,
                clock.instant(),
                from,
                to,
                judged.population(),
                within,
                draws(before, judged, probabilities, draws));
        plans.save(plan);
        return report(plan, labels, judged.design().mean(guesses));
    }

    private static FoveaException tooMany(JudgedPredictions judged, int draws, double within) {
        boolean all = judged.size() == judged.population();
        String takes = all
                ? "a label for each of them"
                : "%,d labels, and a plan draws from %,d predictions".formatted(draws, judged.size());
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "To know the accuracy of %,d predictions within %s points takes %s. Ask for less precision%s."
                        .formatted(judged.population(), points(within), takes, all ? ", or for more days" : ""));
    }

    /** The expected variance counts as much as some labelled draws: few of them may all be right by chance. */
    private static double variance(
            double expected, Optional<PlannedSample> found, JudgedPredictions judged, double[] guesses) {
        if (found.isEmpty()) {
            return expected;
        }
        int terms = found.get().truth().length;
        double variance = found.get()
                .sample()
                .mean(guesses, judged.design(), found.get().outcomes(judged))
                .termVariance();
        return (variance * terms + expected * EXPECTED_COUNTS) / (terms + EXPECTED_COUNTS);
    }

    private static void requireSome(JudgedPredictions judged, VersionId id) {
        if (judged.size() == 0) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The prediction log has no predictions of %s in this time; there is nothing to label."
                            .formatted(id));
        }
    }

    private double[] guesses(ModelVersion version, JudgedPredictions judged) {
        Optional<Calibrated> calibrated = Calibrated.of(version, heldOut.of(version), judged);
        ClassPredictions first = judged.predictions(1);
        return calibrated
                .map(known -> ClassGuesses.right(known.guesses().of(first)))
                .orElseGet(first::confidences);
    }

    private static List<PlannedLabels.LabelDraw> draws(
            Optional<PlannedLabels> before, JudgedPredictions judged, double[] probabilities, int draws) {
        List<PlannedLabels.LabelDraw> all =
                new ArrayList<>(before.map(PlannedLabels::draws).orElse(List.of()));
        if (draws > all.size()) {
            long seed = UUID.randomUUID().getLeastSignificantBits();
            for (int row : LabelPlan.of(probabilities, draws - all.size(), seed).drawn()) {
                // by prediction, not by row: a sampled row is drawn for those that it stands for
                double probability = probabilities[row] / judged.design().of(row);
                all.add(new PlannedLabels.LabelDraw(judged.requests().get(row), probability));
            }
        }
        return all;
    }

    /** The plans of a version, the newest first. */
    public LabelPlanList plans(ModelVersion version) {
        VersionId id = version.id();
        int _ = truths.settle(id.model());
        return new LabelPlanList(plans.all(id).stream().map(this::stored).toList());
    }

    private LabelPlanList.StoredPlan stored(PlannedLabels plan) {
        VersionId id = plan.version();
        Set<String> labelled = truths.store().truths(id.model(), id.version(), plan.from(), plan.to()).stream()
                .map(Truth::request)
                .collect(Collectors.toSet());
        List<String> drawn = plan.draws().stream()
                .map(PlannedLabels.LabelDraw::request)
                .distinct()
                .toList();
        List<String> toLabel =
                drawn.stream().filter(request -> !labelled.contains(request)).toList();
        return new LabelPlanList.StoredPlan(
                plan.id(),
                plan.made(),
                plan.from(),
                plan.to(),
                plan.population(),
                plan.within(),
                drawn.size() - toLabel.size(),
                toLabel);
    }

    private LabelPlanReport report(PlannedLabels plan, List<Truth> labels, double share) {
        Set<String> labelled = labels.stream().map(Truth::request).collect(Collectors.toSet());
        Set<String> drawn = new LinkedHashSet<>();
        plan.draws().forEach(draw -> drawn.add(draw.request()));
        List<String> toLabel =
                drawn.stream().filter(request -> !labelled.contains(request)).toList();
        int alone = LabelPlan.withoutGuesses(share, plan.population(), plan.within());
        int done = drawn.size() - toLabel.size();
        String verdict = toLabel.isEmpty()
                ? "The %,d labels that this takes are there.".formatted(drawn.size())
                : "To know accuracy within %s points, label %s%,d predictions; a random sample would take %,d."
                        .formatted(points(plan.within()), done > 0 ? "these other " : "these ", toLabel.size(), alone);
        LabelQueue.QueuedPicks queued = queue.send(plan.version().model(), toLabel);
        return new LabelPlanReport(verdict + words(queued, toLabel), plan, done, toLabel, alone, queued);
    }

    private static String words(LabelQueue.QueuedPicks queued, List<String> toLabel) {
        if (queued.withoutImage().size() == toLabel.size()) {
            return "";
        }
        String queues = " %,d of them come first in the labelling queue of %s."
                .formatted(queued.queued(), String.join(" and ", queued.images().keySet()));
        return queued.withoutImage().isEmpty()
                ? queues
                : queues
                        + " The images of the other %,d are not kept."
                                .formatted(queued.withoutImage().size());
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("\\.0$", "");
    }
}
