package dev.fovea.cli.data;

import dev.fovea.cli.labels.AgreementDataCommand;
import dev.fovea.cli.labels.ProgressDataCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea data}. */
@Command(
        name = "data",
        description = {
            "Curates data sets: images with tags, splits and annotations, and their versions.",
            "A version is named by the hash of its content. train, evaluate, quantize and cascade plan take NAME or NAME@VERSION wherever they take a folder."
        },
        subcommands = {
            CreateDataCommand.class,
            AddDataCommand.class,
            WatchDataCommand.class,
            ListDataCommand.class,
            ShowDataCommand.class,
            TagDataCommand.class,
            SplitDataCommand.class,
            RenameClassCommand.class,
            RemoveDataCommand.class,
            DeleteDataCommand.class,
            CommitDataCommand.class,
            LogDataCommand.class,
            DiffDataCommand.class,
            CheckDataCommand.class,
            AgreementDataCommand.class,
            NextDataCommand.class,
            ProgressDataCommand.class,
            ExportDataCommand.class,
            VerifyDataCommand.class,
            ForgetDataCommand.class
        },
        footer = {
            "",
            "Example:  fovea data create shirts --from images/shirts",
            "          fovea data split shirts 70/10/20",
            "          fovea train shirts --name shirts"
        })
public final class DataCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command, such as: fovea data list");
    }
}
