package dev.fovea.cli.backbones;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea backbones}. */
@Command(
        name = "backbones",
        description = {
            "Networks with learned weights that trainings start from.",
            "A backbone is an ONNX file with its preprocessing contract. add fetches one of the catalogue, import makes one of a PyTorch checkpoint or safetensors. Nothing in a checkpoint is run."
        },
        subcommands = {ListBackbonesCommand.class, AddBackboneCommand.class, ImportBackboneCommand.class},
        footer = {
            "",
            "Example:  fovea backbones list",
            "          fovea backbones add efficientnet-lite0",
            "          fovea backbones import resnet18.pth --architecture resnet-18"
        })
public final class BackbonesCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command, such as: fovea backbones list");
    }
}
