package dev.fovea.cli.backbones;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.HomeOption;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.weights.BackboneFolder;
import dev.fovea.pipeline.weights.BackboneImport.MadeBackbone;
import java.util.Locale;
import picocli.CommandLine.Mixin;

/** A command on the backbones of a home; it opens no database. */
abstract class BackbonesHome extends CliCommand {

    private static final String FOLDER = "backbones";

    @Mixin
    final HomeOption home = new HomeOption();

    final BackboneFolder folder() {
        return new BackboneFolder(home.path().resolve(FOLDER));
    }

    /** What was made, and how to use it. */
    final void say(MadeBackbone made) {
        Terminal terminal = terminal();
        terminal.say("%s: %s for %s classes, %s values, tensors named as in %s."
                .formatted(
                        made.name(),
                        made.architecture().word(),
                        String.format(Locale.ROOT, "%,d", made.classes()),
                        String.format(Locale.ROOT, "%,d", made.parameters()),
                        made.naming()));
        terminal.say(
                made.proved()
                        ? "Its values for the test pattern are those of its authors' implementation."
                        : "It runs alone and in batches. Its values were not compared with another implementation.");
        terminal.say("File: %s".formatted(made.file()));
        terminal.say("Train with it: fovea train FOLDER --name NAME --from %s".formatted(made.name()));
    }
}
