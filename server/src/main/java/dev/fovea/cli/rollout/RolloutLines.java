package dev.fovea.cli.rollout;

import dev.fovea.api.view.RolloutViews;
import dev.fovea.api.view.RolloutViews.GuardPointView;
import dev.fovea.api.view.RolloutViews.GuardView;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.rollout.RolloutText;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Rollouts in words. */
final class RolloutLines {

    private RolloutLines() {}

    /** One line. */
    static String headline(StagedRollout rollout) {
        return "%s beside version %d: %s"
                .formatted(rollout.candidate(), rollout.production(), RolloutText.state(rollout));
    }

    /** The guards as a table. */
    static String guards(StagedRollout rollout) {
        TextTable table = new TextTable("GUARD", "CANDIDATE", "REFERENCE", "IMAGES", "ROLLBACK", "NEXT STEP", "NEEDS");
        for (GuardView guard : RolloutViews.of(rollout).guards()) {
            table.row(
                    guard.name(),
                    number(guard.candidate(), known(guard, GuardPointView::candidate)),
                    number(guard.reference(), known(guard, GuardPointView::reference)),
                    guard.images(),
                    percent(guard.rollback()),
                    percent(guard.next()),
                    guard.needed()
                            .map(text -> text.substring(text.indexOf(": ") + 2))
                            .orElse("–"));
        }
        return table.toString();
    }

    /** What the columns of {@link #guards} mean, and how often they mislead. */
    static String legend(StagedRollout rollout) {
        DecisionErrors errors = rollout.policy().errors();
        return """
                ROLLBACK is the evidence that the candidate is worse; 100 %% rolls it back. Of candidates that are not worse, at most %s %% are.
                NEXT STEP is the evidence that it is worse by less than the margin; all guards at 100 %% take the step. Of candidates that are worse by the margin, at most %s %% are promoted.
                Intervals are 95 %% and hold at every look.""".formatted(share(errors.rollback()), share(errors.promotion()));
    }

    private static String share(double rate) {
        return new BigDecimal(100 * rate)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The newest interval of a guard's metric. */
    private static Optional<Interval> known(GuardView guard, Function<GuardPointView, Optional<Interval>> of) {
        return guard.course().isEmpty()
                ? Optional.empty()
                : of.apply(guard.course().getLast());
    }

    private static String number(Optional<Double> value, Optional<Interval> known) {
        return value.map(number -> String.format(Locale.ROOT, "%.4g", number)).orElse("–")
                + known.map(interval -> String.format(Locale.ROOT, " (%.3g–%.3g)", interval.low(), interval.high()))
                        .orElse("");
    }

    private static String percent(double share) {
        return "%.0f %%".formatted(100 * share);
    }
}
