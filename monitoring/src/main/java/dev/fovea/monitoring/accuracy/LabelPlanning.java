package dev.fovea.monitoring.accuracy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.estimation.LabelPlan;
import dev.fovea.statistics.estimation.MeanEstimate;
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
     * extended, so that its labels count; one that has draws enough stays as it is. Where guesses help less than
     * drawing no prediction twice, the plan is a simple random sample.
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
        Truths.JoinedTruths _ = truths.settle(id.model());
        Optional<PlannedLabels> before =
                plans.newest(id).filter(plan -> plan.to().isAfter(window.from()));
        Instant from = before.map(PlannedLabels::from).orElse(window.from());
        Instant to = before.map(PlannedLabels::to).orElse(window.to());
        List<Truth> labels = truths.store().truths(id.model(), id.version(), from, to);
        Set<String> kept = labels.stream().map(Truth::request).collect(Collectors.toCollection(HashSet::new));
        before.ifPresent(plan -> plan.draws().forEach(draw -> kept.add(draw.request())));
        JudgedPredictions judged = JudgedPredictions.read(predictions, version, new AccuracyWindow(from, to), kept);
        requireSome(judged, id);
        Needed needed = needed(guesses(version, judged), judged, before, labels, within);
        Set<String> labelled = labels.stream().map(Truth::request).collect(Collectors.toSet());
        boolean enough =
                before.filter(plan -> plan.draws().size() >= needed.draws()).isPresent();
        boolean even = before.isPresent() && before.get().drawnEvenly();
        List<PlannedLabels.LabelDraw> draws = List.of();
        if (enough || (!even && needed.draws() < judged.size())) {
            draws = draws(before, judged, needed.probabilities(), needed.draws());
        }
        boolean whole = judged.size() == judged.population();
        boolean dear = draws.isEmpty() || (whole && toLabel(draws, labelled).size() > needed.random());
        if (dear) {
            if (!whole || needed.random() >= judged.size()) {
                throw tooMany(judged, needed.draws(), within);
            }
            draws = evenly(before.filter(_ -> even), judged, needed.random());
        }
        if (enough && !dear) {
            return report(before.get(), draws, labelled, needed.random(), within);
        }
        PlannedLabels plan = new PlannedLabels(
                UUID.randomUUID().toString(), id, clock.instant(), from, to, judged.population(), within, draws);
        plans.save(plan);
        return report(plan, draws, labelled, needed.random(), within);
    }

    /**
     * What a precision takes.
     *
     * @param probabilities of one draw, by row
     * @param draws with these
     * @param random labels of a simple random sample
     */
    private record Needed(double[] probabilities, int draws, int random) {}

    private static Needed needed(
            double[] guesses,
            JudgedPredictions judged,
            Optional<PlannedLabels> before,
            List<Truth> labels,
            double within) {
        double[] probabilities = LabelPlan.probabilities(guesses, judged.design());
        Optional<PlannedSample> found = before.flatMap(plan -> PlannedSample.of(plan, judged, labels));
        double share = judged.design().mean(guesses);
        double variance = LabelPlan.termVariance(guesses, judged.design(), probabilities);
        if (found.isPresent()) {
            MeanEstimate known = found.get()
                    .sample()
                    .mean(guesses, judged.design(), found.get().outcomes(judged));
            int terms = known.terms().length;
            share = mixed(Math.clamp(known.value(), 0, 1), terms, share);
            variance = mixed(known.termVariance(), terms, variance);
        }
        int random = LabelPlan.withoutGuesses(share, judged.population(), within);
        return before.filter(PlannedLabels::drawnEvenly).isPresent()
                ? new Needed(probabilities, random, random)
                : new Needed(probabilities, LabelPlan.draws(variance, within, Interval.DEFAULT_LEVEL), random);
    }

    /** The expected figure counts as much as some labelled draws: few of them may all be right by chance. */
    private static double mixed(double found, int terms, double expected) {
        return (found * terms + expected * EXPECTED_COUNTS) / (terms + EXPECTED_COUNTS);
    }

    /** A simple random sample of all rows, which begins with that of a plan. */
    private static List<PlannedLabels.LabelDraw> evenly(
            Optional<PlannedLabels> before, JudgedPredictions judged, int count) {
        List<PlannedLabels.LabelDraw> all =
                new ArrayList<>(before.map(PlannedLabels::draws).orElse(List.of()));
        Set<String> taken = all.stream().map(PlannedLabels.LabelDraw::request).collect(Collectors.toSet());
        int[] order = LabelPlan.shuffled(
                judged.size(),
                row -> taken.contains(judged.requests().get(row)),
                UUID.randomUUID().getLeastSignificantBits());
        for (int i = 0; i < order.length && all.size() < count; i++) {
            all.add(new PlannedLabels.LabelDraw(judged.requests().get(order[i]), 1.0 / judged.population()));
        }
        return all;
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
        return all.subList(0, draws);
    }

    /** The plans of a version, the newest first. */
    public LabelPlanList plans(ModelVersion version) {
        VersionId id = version.id();
        Truths.JoinedTruths _ = truths.settle(id.model());
        return new LabelPlanList(plans.all(id).stream().map(this::stored).toList());
    }

    private LabelPlanList.StoredPlan stored(PlannedLabels plan) {
        VersionId id = plan.version();
        Set<String> labelled = truths.store().truths(id.model(), id.version(), plan.from(), plan.to()).stream()
                .map(Truth::request)
                .collect(Collectors.toSet());
        Set<String> drawn = requests(plan.draws());
        List<String> toLabel = toLabel(plan.draws(), labelled);
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

    private static Set<String> requests(List<PlannedLabels.LabelDraw> draws) {
        return draws.stream()
                .map(PlannedLabels.LabelDraw::request)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> toLabel(List<PlannedLabels.LabelDraw> draws, Set<String> labelled) {
        return requests(draws).stream()
                .filter(request -> !labelled.contains(request))
                .toList();
    }

    /** @param draws those of the plan that the precision takes: its first ones, where another one asked for more */
    private LabelPlanReport report(
            PlannedLabels plan, List<PlannedLabels.LabelDraw> draws, Set<String> labelled, int alone, double within) {
        List<String> toLabel = toLabel(draws, labelled);
        int done = requests(draws).size() - toLabel.size();
        String verdict = toLabel.isEmpty()
                ? "The %,d labels that this takes are there.".formatted(done)
                : "To know accuracy within %s points, label %s%,d predictions; %s."
                        .formatted(
                                points(within),
                                done > 0 ? "these other " : "these ",
                                toLabel.size(),
                                plan.drawnEvenly()
                                        ? "they are a random sample, as nothing that is known of them saves labels here"
                                        : "a random sample would take %,d".formatted(alone));
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
