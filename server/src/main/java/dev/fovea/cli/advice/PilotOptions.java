package dev.fovea.cli.advice;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.advice.PilotResult;
import dev.fovea.pipeline.advice.WayPilot;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.cascade.PricedRemote;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.server.Application;
import dev.fovea.server.RemoteParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured on one's own images. */
final class PilotOptions {

    @Option(
            names = "--pilot",
            paramLabel = "FOLDER",
            description =
                    "Labelled images, a folder for each class: up to 100 of them go to the services of --remote, and the probe of --from is judged on the same by cross-validation.")
    private @Nullable Path folder;

    @Option(
            names = "--remote",
            paramLabel = "NAME",
            description =
                    "With --pilot: a service of remotes.json that gets the images, which may cost money. Repeatable.")
    private List<String> remotes = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description = "With --pilot: the network of the linear probe, as for fovea train (default: no probe).")
    private @Nullable String from;

    @Option(
            names = "--contract",
            paramLabel = "CONTRACT.json",
            description = "The network's preprocessing contract, where it carries none.")
    private @Nullable Path contract;

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** Measures; services are closed afterwards. */
    PilotResult run(Path images, Application application, Terminal terminal) {
        JobTools tools = application.tools();
        Optional<Backbone> backbone = Optional.ofNullable(from)
                .map(name -> new Backbones(tools.registry(), tools.bundles(), tools.backbones())
                        .resolve(new BackboneReference(name, Optional.ofNullable(contract), Optional.empty())));
        List<PricedRemote> opened = new ArrayList<>();
        try {
            remotes.forEach(name -> opened.add(RemoteParts.remote(application.home(), name)));
            return new WayPilot(tools, 0).run(images, backbone, opened, new Steps(terminal));
        } finally {
            opened.forEach(remote -> remote.remotes().close());
        }
    }

    private record Steps(Terminal terminal) implements HeadTraining.HeadProgress {

        @Override
        public void at(double fraction, String detail) {
            terminal.progress("pilot", fraction, Optional.empty(), detail);
        }

        @Override
        public void note(String sentence) {
            terminal.note(sentence);
        }
    }
}
