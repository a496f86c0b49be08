package dev.fovea.server;

import picocli.CommandLine.Mixin;

/** A command that works on what is kept. */
abstract class HomeCommand extends CliCommand {

    @Mixin
    final HomeOption home = new HomeOption();
}
