package dev.fovea.server;

import picocli.CommandLine.Mixin;

/** A command that works on what is kept. */
abstract class HomeVerb extends Verb {

    @Mixin
    final HomeOption home = new HomeOption();
}
