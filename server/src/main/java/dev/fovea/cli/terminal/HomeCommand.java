package dev.fovea.cli.terminal;

import dev.fovea.server.Application;
import picocli.CommandLine.Mixin;

/** A command that works on a home; a running server sees what it changes within a second. */
public abstract class HomeCommand extends CliCommand {

    @Mixin
    public final HomeOption home = new HomeOption();

    /** The program on this home, saying on the terminal which work an earlier process did not finish. */
    public final Application open() {
        Application application = Application.open(home.path());
        application
                .jobs()
                .recover()
                .forEach(job -> terminal()
                        .note("%s of %s was interrupted (started %s). To start it again: fovea jobs restart %s"
                                .formatted(
                                        job.request().work(),
                                        job.request().subject(),
                                        job.times().started().orElse(job.times().created()),
                                        job.id())));
        return application;
    }
}
