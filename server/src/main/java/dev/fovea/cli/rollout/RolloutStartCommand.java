package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea rollout start}. */
@Command(
        name = "start",
        description = {
            "Starts a rollout of a version. Its golden tests run first, then it gets the first share of the traffic.",
            "A running server decides: it takes the next step when all guards are shown to hold, rolls back within a",
            "second when one is crossed, and ends undecided when a step takes too long."
        },
        footer = {
            "",
            "Guards:   METRIC,margin=M[,limit=L]; METRIC is errors, p99, agreement, confidence, accuracy or kpi.",
            "          margin is how much worse the candidate may be: a share (0.01 is one point), for p99 a share of",
            "          the latency. limit compares with a number instead of production, for p99 in milliseconds.",
            "          kpi,figure=NAME,margin=M[,worse=lower|higher][,range=LOW..HIGH]",
            "",
            "Example:  fovea rollout start shirts@2",
            "          fovea rollout start shirts@2 --steps 5,50,100 --least 10m --guard errors,margin=0.01"
        })
final class RolloutStartCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String candidate;

    @Mixin
    private final PolicyOptions policy = new PolicyOptions();

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(candidate);
        try (Application application = open()) {
            StagedRollout rollout = application
                    .rollouts()
                    .start(
                            new VersionId(named.name(), named.required("rollout start")),
                            policy.policy(),
                            Application.user(),
                            reason.text());
            terminal().say(RolloutLines.headline(rollout));
            if (!application.home().isServed()) {
                terminal().note("Only a running server decides it. Start one with: fovea serve");
            }
            return 0;
        }
    }
}
