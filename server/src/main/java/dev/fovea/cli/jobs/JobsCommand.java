package dev.fovea.cli.jobs;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.server.Application;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea jobs}. */
@Command(
        name = "jobs",
        description = {
            "Lists jobs, newest first: trainings, imports, quantizations, evaluations, tunings and cascade plans of servers and commands.",
            "When a process ends before its job does, the job is interrupted and can be restarted."
        },
        subcommands = {ShowJobCommand.class, CancelJobCommand.class, WatchJobCommand.class, RestartJobCommand.class},
        footer = {
            "",
            "Example:  fovea jobs",
            "          fovea jobs show 01KB6Z4T0GWN5J8Q2R7M3C9XYA",
            "          fovea jobs watch 01KB6Z4T0GWN5J8Q2R7M3C9XYA"
        })
public final class JobsCommand extends HomeCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Option(names = "--limit", paramLabel = "N", description = "Jobs to list (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            List<Job> jobs = application.jobs().recent(Math.max(1, limit));
            List<String> queue = application.jobs().queue();
            if (json) {
                terminal.json(jobs.stream().map(job -> JobText.json(job, queue)).toList());
                return 0;
            }
            if (jobs.isEmpty()) {
                terminal.say("There are no jobs in %s.".formatted(home.path()));
                return 0;
            }
            TextTable table = new TextTable("ID", "JOB", "SUBJECT", "STATE", "CREATED", "");
            jobs.forEach(job -> table.row(
                    job.id(),
                    job.request().work(),
                    job.request().subject(),
                    job.state().word(),
                    TIME.format(job.times().created()),
                    JobText.detail(job, queue)));
            terminal.say(table.toString());
            return 0;
        }
    }
}
