package dev.fovea.cli.runs;

import picocli.CommandLine.Command;

/** {@code fovea runs}. */
@Command(
        name = "runs",
        description = {
            "Lists the runs of trainings and searches, newest first.",
            "A run has the settings, the metrics, the curves, the versions and the machine. It is kept as long as its version; of runs without a version the last 500 are."
        },
        subcommands = {ListRunsCommand.class, ShowRunCommand.class, CompareRunsCommand.class},
        footer = {
            "",
            "Example:  fovea runs --model shirts",
            "          fovea runs show shirts:2",
            "          fovea runs compare shirts:1 shirts:2"
        })
public final class RunsCommand extends RunListing {}
