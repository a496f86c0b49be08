package dev.fovea.cli.rollout;

import dev.fovea.api.view.RolloutViews;
import dev.fovea.api.view.RolloutViews.GuardView;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.rollout.RolloutText;
import dev.fovea.rollout.StagedRollout;
import java.util.Locale;
import java.util.Optional;

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
                    number(guard.candidate()),
                    number(guard.reference()),
                    guard.images(),
                    percent(guard.rollback()),
                    percent(guard.next()),
                    guard.needed()
                            .map(text -> text.substring(text.indexOf(": ") + 2))
                            .orElse("–"));
        }
        return table.toString();
    }

    private static String number(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.4g", number)).orElse("–");
    }

    private static String percent(double share) {
        return "%.0f %%".formatted(100 * share);
    }
}
