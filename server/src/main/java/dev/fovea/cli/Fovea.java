package dev.fovea.cli;

import dev.fovea.cli.accuracy.AccuracyCommand;
import dev.fovea.cli.accuracy.TruthCommand;
import dev.fovea.cli.advice.AdviseCommand;
import dev.fovea.cli.alerts.AlertsCommand;
import dev.fovea.cli.backbones.BackbonesCommand;
import dev.fovea.cli.cascade.CascadeCommand;
import dev.fovea.cli.cascade.FallbackCommand;
import dev.fovea.cli.data.DataCommand;
import dev.fovea.cli.demo.DemoCommand;
import dev.fovea.cli.diagnosis.DiagnoseCommand;
import dev.fovea.cli.drift.DriftCommand;
import dev.fovea.cli.experiment.ExperimentCommand;
import dev.fovea.cli.home.HomeGroupCommand;
import dev.fovea.cli.jobs.JobsCommand;
import dev.fovea.cli.labels.DesignCommand;
import dev.fovea.cli.learn.CompareCommand;
import dev.fovea.cli.learn.EvaluateCommand;
import dev.fovea.cli.learn.ImportCommand;
import dev.fovea.cli.learn.QuantizeCommand;
import dev.fovea.cli.learn.TrainCommand;
import dev.fovea.cli.objectives.ObjectivesCommand;
import dev.fovea.cli.observability.ObservabilityCommand;
import dev.fovea.cli.predict.CacheCheckCommand;
import dev.fovea.cli.predict.InspectCommand;
import dev.fovea.cli.predict.LoadCommand;
import dev.fovea.cli.predict.PredictCommand;
import dev.fovea.cli.predict.PreviewCommand;
import dev.fovea.cli.predict.TuneCommand;
import dev.fovea.cli.release.ArchiveCommand;
import dev.fovea.cli.release.CanaryCommand;
import dev.fovea.cli.release.DeleteCommand;
import dev.fovea.cli.release.ExportCommand;
import dev.fovea.cli.release.ModelsCommand;
import dev.fovea.cli.release.PromoteCommand;
import dev.fovea.cli.release.RestoreCommand;
import dev.fovea.cli.release.RollbackCommand;
import dev.fovea.cli.rollout.RolloutCommand;
import dev.fovea.cli.runs.RunsCommand;
import dev.fovea.cli.shadow.ShadowCommand;
import dev.fovea.cli.terminal.Program;
import dev.fovea.cli.traffic.TrafficCommand;
import dev.fovea.config.ProgramVersion;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.BoundedProcess;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Verbs other than serve and demo start without the framework. */
@Command(
        name = "fovea",
        description = "Puts computer-vision models into production and keeps them good.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Fovea.Version.class,
        footer = {
            "",
            "Start with:  fovea demo",
            "Each command explains itself:  fovea train --help",
            "Exit codes: 0 done, 1 the work failed, 2 bad arguments or configuration."
        })
public final class Fovea implements Program {

    /** As picocli says it of a value of a type of the JDK. */
    private static final Pattern NOT_UNDERSTOOD =
            Pattern.compile("(?s)(Invalid value for .*): cannot convert ('.*') to \\w+ \\(java\\..*\\)");

    private static final int FAILED = 1;
    private static final int BAD_ARGUMENTS = 2;

    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServeCommand.class,
            DataCommand.class,
            DesignCommand.class,
            TrainCommand.class,
            ImportCommand.class,
            BackbonesCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            DiagnoseCommand.class,
            AdviseCommand.class,
            CompareCommand.class,
            QuantizeCommand.class,
            TuneCommand.class,
            ModelsCommand.class,
            RunsCommand.class,
            JobsCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            CanaryCommand.class,
            RolloutCommand.class,
            ExperimentCommand.class,
            ShadowCommand.class,
            TrafficCommand.class,
            DriftCommand.class,
            ExportCommand.class,
            ArchiveCommand.class,
            RestoreCommand.class,
            DeleteCommand.class,
            AlertsCommand.class,
            ObjectivesCommand.class,
            ObservabilityCommand.class,
            AccuracyCommand.class,
            TruthCommand.class,
            CascadeCommand.class,
            FallbackCommand.class,
            PreviewCommand.class,
            InspectCommand.class,
            LoadCommand.class,
            CacheCheckCommand.class,
            HomeGroupCommand.class,
            DoctorCommand.class);

    private final List<String> typed;

    Fovea(List<String> typed) {
        this.typed = typed;
    }

    /** The program's entry: exits 0, 1 (the work failed) or 2 (bad arguments or configuration). */
    public static void main(String[] args) {
        if (BoundedProcess.isChild()) {
            BoundedProcess.endWithParent();
            System.exit(run(args));
        }
        System.exit(commandLine(new Fovea(List.of(args)), named(args)).execute(args));
    }

    /** The command line that this process was started for; empty in a child, and for one of several in a process. */
    @Override
    public List<String> typed() {
        return typed;
    }

    /** Runs a command line in this process and returns its exit code; errors go to standard error in one message. */
    public static int run(String... args) {
        return commandLine(new Fovea(List.of()), named(args)).execute(args);
    }

    /** The commands and their options, for the reference. */
    public static CommandLine commandLine() {
        return commandLine(new Fovea(List.of()), COMMANDS);
    }

    /** The command that the first argument names, because to describe all takes a tenth of a second; else all. */
    private static List<Class<?>> named(String... args) {
        return COMMANDS.stream()
                .filter(type -> args.length > 0
                        && type.getAnnotation(Command.class).name().equals(args[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static CommandLine commandLine(Fovea program, List<Class<?>> commands) {
        CommandLine line = new CommandLine(program);
        commands.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((e, arguments) -> usual.handleParseException(plain(e), arguments));
        line.setExecutionStrategy(parsed -> {
            if (parsed.subcommand() == null && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                line.usage(line.getOut());
                return BAD_ARGUMENTS;
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    /** Without the exception of a value that is not understood, which says nothing to a user. */
    private static CommandLine.ParameterException plain(CommandLine.ParameterException e) {
        Matcher matcher = NOT_UNDERSTOOD.matcher(String.valueOf(e.getMessage()));
        return matcher.matches()
                ? new CommandLine.ParameterException(
                        e.getCommandLine(), matcher.group(1) + ": " + matcher.group(2) + " is not understood")
                : e;
    }

    private static int explain(Exception e, PrintWriter err) {
        if (e instanceof FoveaException known) {
            err.println("%s: %s".formatted(known.code(), known.getMessage()));
            err.flush();
            return isBadArgument(known.code()) ? BAD_ARGUMENTS : FAILED;
        }
        String file = CrashNote.write(e);
        err.println("%s: Something went wrong that should not (%s). Details are in %s; please report them."
                .formatted(ErrorCode.INTERNAL, e.getClass().getSimpleName(), file));
        err.flush();
        return FAILED;
    }

    private static boolean isBadArgument(ErrorCode code) {
        return code.kind() == ErrorCode.Kind.BAD_CONFIGURATION
                || (code.kind() == ErrorCode.Kind.BAD_INPUT && code.blame() == ErrorCode.Blame.CALLER);
    }

    /** Reads the version from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fovea " + ProgramVersion.current()};
        }
    }
}
