package dev.fovea.cli.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardText;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The policy of a rollout as options. */
public final class PolicyOptions {

    @Option(
            names = "--steps",
            paramLabel = "P,…",
            defaultValue = "1,5,25,50,100",
            description = "Shares of the traffic in percent, rising to 100 (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String steps;

    @Option(
            names = "--least",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "Least time in each step (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String least;

    @Option(
            names = "--most",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "Most time in each step; then the rollout ends undecided (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private String most;

    @Option(
            names = "--guard",
            paramLabel = "GUARD",
            description =
                    "What must hold; may be repeated. Default: errors,margin=0.01 p99,margin=0.25 confidence,margin=0.02.")
    private List<String> guards = new ArrayList<>();

    @Option(
            names = "--wrong-promotion",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description =
                    "How often a candidate that is worse by a margin may be promoted (default: ${DEFAULT-VALUE}).")
    private double wrongPromotion;

    @Option(
            names = "--wrong-rollback",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "How often one that is not worse may be rolled back (default: ${DEFAULT-VALUE}).")
    private double wrongRollback;

    /** The policy; {@code ARGUMENT_INVALID} names what is wrong with it. */
    RolloutPolicy policy() {
        List<RolloutStep> shares = new ArrayList<>();
        for (String percent : steps.split(",", -1)) {
            shares.add(new RolloutStep(percent(percent.strip()), time("--least", least), time("--most", most)));
        }
        List<Guard> stated = guards.stream().map(GuardText::parse).toList();
        return new RolloutPolicy(
                shares,
                stated.isEmpty() ? RolloutPolicy.USUAL.guards() : stated,
                new DecisionErrors(wrongPromotion, wrongRollback));
    }

    private static double percent(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--steps has \"%s\", which is no percentage. An example: --steps 1,5,25,50,100."
                            .formatted(Printable.brief(text)),
                    e);
        }
    }

    private static Duration time(String option, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s is \"%s\"; give a duration such as 30s, 5m or 2h."
                                .formatted(option, Printable.brief(text))));
    }
}
