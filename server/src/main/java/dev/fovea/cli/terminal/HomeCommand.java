package dev.fovea.cli.terminal;

import picocli.CommandLine.Mixin;

/** A command that works on what is kept. */
public abstract class HomeCommand extends CliCommand {

    @Mixin
    public final HomeOption home = new HomeOption();
}
