package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.sequential.RateComparisonSize;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea rollout power}. */
@Command(
        name = "power",
        description = {
            "Computes how many images it takes to show that a candidate, which is as good as production, is worse by",
            "less than a margin: with a fixed sample size, and with a rollout, which may end at every look. On average",
            "a rollout is shorter than fixed tests of a high power only; it is much shorter for a candidate that is far",
            "better or far worse."
        },
        footer = {"", "Example:  fovea rollout power --rate 0.02 --margin 0.01 --share 50 --per-day 20000"})
final class RolloutPowerCommand extends CliCommand {

    private static final double PERCENT = 100;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "RATE",
            description = "Production's rate, for example of errors: 0.02 is 2 %%.")
    private double rate;

    @Option(names = "--margin", required = true, paramLabel = "M", description = "The margin: 0.01 is one point.")
    private double margin;

    @Option(
            names = "--share",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description = "The candidate's share of the traffic (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--wrong-promotion",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description =
                    "How often a candidate that is worse by the margin may be promoted (default: ${DEFAULT-VALUE}).")
    private double error;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "How often it shall be shown (default: ${DEFAULT-VALUE}).")
    private double power;

    @Option(names = "--per-day", paramLabel = "N", description = "Images per day, to see how long it takes.")
    private @Nullable Long perDay;

    @Override
    public Integer call() {
        if (perDay != null && perDay < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "--per-day is %d; give 1 image or more.".formatted(perDay));
        }
        RateComparisonSize size = new RateComparisonSize(rate, margin, share / PERCENT, error);
        TextTable table = new TextTable("TEST", "IMAGES", "OF THE CANDIDATE", "DAYS");
        row(table, "fixed size, shown in %s of cases".formatted(percent(power)), size.fixed(power));
        row(table, "rollout, shown in %s of cases".formatted(percent(power)), size.sequential(power));
        row(table, "rollout, on average", size.mean());
        terminal().say(table.toString());
        terminal().say(comparison(size));
        return 0;
    }

    /** When the rollout is earlier, and when the fixed test is. */
    private String comparison(RateComparisonSize size) {
        double ratio = (double) size.mean() / size.fixed(power);
        return "For an equal candidate the rollout takes %.2f times the images of this fixed test on average; the fixed test shows nothing in %s of cases, and the rollout goes on. A fixed test takes more than the rollout on average from a power of %s on."
                .formatted(ratio, percent(1 - power), percent(size.even()));
    }

    private void row(TextTable table, String what, long images) {
        table.row(
                what,
                String.format(Locale.ROOT, "%,d", images),
                String.format(Locale.ROOT, "%,d", Math.round(images * share / PERCENT)),
                perDay == null ? "–" : String.format(Locale.ROOT, "%.1f", (double) images / perDay));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", PERCENT * share);
    }
}
