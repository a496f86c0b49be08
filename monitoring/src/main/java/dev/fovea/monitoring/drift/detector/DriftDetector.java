package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.statistics.drift.ChangeTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes of one version's traffic, block by block. Its state is a function of the blocks and of what it was made
 * with, so that a restart, another server and a replay come to the same alarms from the same blocks.
 *
 * <p>It first learns what is quiet. Then each block is predicted from its time and from the blocks before it
 * ({@link QuietFit}), its errors are ranked among those of quiet blocks, and the ranks become evidence
 * ({@link TestPanel}). A block without an alarm joins the quiet ones. After an alarm, blocks from the change on are not
 * quiet, until the test that alarmed sees them return to what they were. Not thread-safe.
 */
public final class DriftDetector {

    /** Quiet blocks that are needed at least. */
    public static final int MIN_BLOCKS = 60;

    /** Blocks that the beginning of a change is looked for in. */
    private static final int REMEMBERED = 600;

    /** Blocks that must look quiet again before an alarm ends, at least. */
    private static final int RETURNED = 8;

    /**
     * The most days that a block adds to the evidence, so that a pause, rare images or a clock that jumps is none. To
     * add less than the days that passed only makes false alarms rarer.
     */
    private static final double MOST_DAYS = 1;

    private static final double LEVEL = 0.95;

    private final List<Coordinate> coordinates;
    private final DriftSettings settings;
    private final ZoneId zone;
    private final Optional<Instant> acceptedUntil;
    private final QuietTraffic quiet = new QuietTraffic();
    private final Recent recent = new Recent();
    private final Deque<ScoredBlock> scored = new ArrayDeque<>();
    private List<QuietFit> fits = List.of();
    private List<SeenChange> seen = List.of();
    private @Nullable TestPanel panel;
    private Watching watching = new Watching.Learning(0, MIN_BLOCKS, 0, 0);
    private long number;
    private @Nullable Block first;
    private Instant last = Instant.MIN;

    /**
     * Begins to learn.
     *
     * @param zone whose hours and weekdays the rhythm has
     * @param acceptedUntil blocks before this are quiet because the owner accepted them; empty to learn as long as the
     *     rhythm needs
     */
    public DriftDetector(
            List<Coordinate> coordinates, DriftSettings settings, ZoneId zone, Optional<Instant> acceptedUntil) {
        this.coordinates = List.copyOf(coordinates);
        this.settings = settings;
        this.zone = zone;
        this.acceptedUntil = acceptedUntil;
    }

    /** Takes in the next block; an alarm when this one raises it. */
    public Optional<DriftAlarm> add(Block block) {
        if (first == null) {
            first = block;
            last = block.start();
        }
        double days = Math.min(block.daysSince(last), MOST_DAYS);
        last = block.end();
        QuietBlock next = recent.next(
                number++,
                (int) block.start().atZone(zone).toLocalDate().toEpochDay(),
                block,
                settings.rhythm().regressors(block.start(), block.end(), zone));
        return switch (watching) {
            case Watching.Learning _ -> {
                learn(first, block, next);
                yield Optional.empty();
            }
            case Watching.NoChange _ -> watch(score(block, next, days), next);
            case Watching.Alarmed alarmed -> {
                returned(alarmed, score(block, next, days));
                yield Optional.empty();
            }
        };
    }

    /** What it is doing. */
    public Watching watching() {
        return watching;
    }

    private void learn(Block begin, Block block, QuietBlock next) {
        quiet.add(next);
        double days = block.daysSince(begin.start());
        int needed = acceptedUntil.isPresent()
                ? MIN_BLOCKS
                : Math.max(MIN_BLOCKS, settings.rhythm().blocksToLearn());
        boolean enough = quiet.size() >= needed && quiet.days() > 1;
        boolean known = acceptedUntil
                .map(until -> !block.end().isBefore(until))
                .orElse(days >= settings.rhythm().daysToLearn());
        if (enough && known) {
            fit();
            watching = new Watching.NoChange();
        } else {
            watching = new Watching.Learning(
                    quiet.size(), needed, days, settings.rhythm().daysToLearn());
        }
    }

    private ScoredBlock score(Block block, QuietBlock next, double days) {
        double[] errors = new double[coordinates.size()];
        double[] expected = new double[coordinates.size()];
        for (int j = 0; j < errors.length; j++) {
            errors[j] = fits.get(j).error(next, j);
            expected[j] = fits.get(j).expected(next);
        }
        ScoredBlock one = new ScoredBlock(block, next.number(), days, errors, expected, panel().score(errors, days));
        scored.addLast(one);
        if (scored.size() > REMEMBERED) {
            scored.removeFirst();
        }
        return one;
    }

    private Optional<DriftAlarm> watch(ScoredBlock one, QuietBlock next) {
        if (panel().evidence() >= threshold()) {
            ChangeTime time = time();
            DriftAlarm alarm = Explanation.of(coordinates, panel(), List.copyOf(scored), time);
            watching = new Watching.Alarmed(alarm, one.block().end());
            quiet.removeFrom(List.copyOf(scored).get(time.first()).number());
            scored.clear();
            panel().forget();
            fit();
            return Optional.of(alarm);
        }
        quiet.add(next);
        panel().addQuiet(one.errors());
        if (quiet.isStale()) {
            fit();
        }
        return Optional.empty();
    }

    /** The beginning of the change by the test with the most evidence. */
    private ChangeTime time() {
        int lead = lead();
        return ChangeTime.of(
                scored.stream().mapToDouble(each -> each.scores()[lead]).toArray(),
                scored.stream().mapToDouble(ScoredBlock::days).toArray(),
                panel().tests().get(lead).shifts(),
                LEVEL);
    }

    private int lead() {
        return IntStream.range(0, panel().tests().size())
                .boxed()
                .max(Comparator.comparingDouble(panel()::share))
                .orElseThrow();
    }

    /** Ends the alarm when the evidence since then is small, although a change like this would have shown again. */
    private void returned(Watching.Alarmed alarmed, ScoredBlock one) {
        if (panel().evidence() >= threshold()) {
            watching = new Watching.Alarmed(alarmed.alarm(), one.block().end());
            scored.clear();
            panel().forget();
            return;
        }
        long needed = Math.max(RETURNED, 2 * alarmed.alarm().blocks());
        if (scored.size() >= needed) {
            scored.clear();
            panel().forget();
            watching = new Watching.NoChange();
        }
    }

    private void fit() {
        boolean[] known = new boolean[coordinates.size()];
        for (int j = 0; j < known.length; j++) {
            known[j] = quiet.knows(j);
        }
        seen = List.of();
        QuietModel model = quiet.fit(coordinates, settings.rhythm());
        fits = model.fits();
        if (panel == null) {
            panel = TestPanel.of(coordinates, known);
        }
        panel.fit(model, number);
    }

    private TestPanel panel() {
        return Objects.requireNonNull(panel, "it is watching");
    }

    /** The evidence of all tests together, in days; 0 while it learns. */
    public double evidence() {
        return panel == null ? 0 : panel.evidence();
    }

    /** The evidence at which it alarms, in days; 0 while it learns. */
    public double threshold() {
        return panel == null ? 0 : panel.threshold(settings.daysPerFalseAlarm());
    }

    /** Each test's share of the evidence of all, in days, in the order of the tests. */
    public List<DriftAlarm.TestShare> shares() {
        return Optional.ofNullable(panel).stream()
                .flatMap(known -> IntStream.range(0, known.tests().size())
                        .mapToObj(t ->
                                new DriftAlarm.TestShare(known.tests().get(t).name(), known.share(t))))
                .toList();
    }

    /** The smallest changes that would be seen within a day with a probability of 90 %; none while it learns. */
    public List<SeenChange> seenWithinADay() {
        if (panel != null && first != null && seen.isEmpty()) {
            Duration span = Duration.between(first.start(), last);
            seen = SeenChange.all(coordinates, panel, fits, quiet, threshold(), span, number);
        }
        return seen;
    }
}
