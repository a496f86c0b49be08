package dev.fovea.cli.runs;

import picocli.CommandLine.Command;

/** {@code fovea runs list}, which {@code fovea runs} does as well. */
@Command(
        name = "list",
        description = "Lists the runs of trainings and searches, newest first.",
        footer = {"", "Example:  fovea runs list --model shirts"})
final class ListRunsCommand extends RunListing {}
