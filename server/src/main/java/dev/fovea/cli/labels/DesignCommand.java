package dev.fovea.cli.labels;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.Pilots;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.design.PilotReport;
import dev.fovea.pipeline.request.CheckRequest;
import dev.fovea.server.Application;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea design}. */
@Command(
        name = "design",
        description = {
            "Shows, changes and checks the question that people answer about the images of a data set.",
            "The checks find what will cost labels: missing or overlapping definitions, classes for which something is missing, and classes that embeddings do not tell apart. A pilot then tests the question: two or more people label the same 30 to 50 images blind."
        },
        footer = {
            "",
            "Example:  fovea design shirts --question \"Which fault?\" --exclusive --none yes",
            "          fovea design shirts --define hole=\"A hole of 1 mm or more\" --example hole=a.jpg",
            "          fovea design shirts --pilot 40 --people 2"
        })
public final class DesignCommand extends HomeCommand {

    private static final int PEOPLE = 2;

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final DesignOptions options = new DesignOptions();

    @Option(
            names = "--pilot",
            paramLabel = "N",
            description = "Starts a pilot: the next N images of the queue are labelled blind by several people.")
    private @Nullable Integer pilot;

    @Option(
            names = "--people",
            paramLabel = "K",
            description = "People who label each image of the pilot (default: ${DEFAULT-VALUE}).")
    private int people = PEOPLE;

    @Option(names = "--end-pilot", description = "Ends the running pilot; its other images are ordinary again.")
    private boolean end;

    @Option(
            names = "--model",
            paramLabel = "MODEL[@VERSION]",
            description = "The classifier whose embeddings compare the classes (default: as fovea data check).")
    private @Nullable String model;

    @Option(names = "--no-embeddings", description = "Does not compare the classes by embeddings.")
    private boolean withoutEmbeddings;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Labelling labelling = application.labelling();
            options.apply(name, application.datasets(), labelling.design());
            pilot(terminal, application, labelling.pilots());
            Dataset dataset = application.datasets().dataset(name);
            Optional<ClassSeparation> separation = withoutEmbeddings
                    ? Optional.empty()
                    : application.designEvidence().separation(request(), terminal::progress);
            Optional<PilotReport> report = labelling.pilots().find(name);
            DesignOutput output =
                    DesignOutput.of(dataset, labelling.design().check(name, separation), separation, report);
            if (json) {
                terminal.json(output);
            } else {
                new DesignText(terminal, dataset).say(output);
            }
            return 0;
        }
    }

    private void pilot(Terminal terminal, Application application, Pilots pilots) {
        if (end) {
            var _ = pilots.end(name);
            var _ = application.labelling().settle(name);
        }
        if (pilot != null) {
            Pilots.requireSize(pilot, people);
            var _ = pilots.start(
                    name,
                    application.designEvidence().pilot(name, pilot, pilots.seen(name), terminal::progress),
                    people,
                    Application.user());
        }
    }

    private CheckRequest request() {
        Optional<NamedVersion> named = Optional.ofNullable(model).map(NamedVersion::parse);
        return new CheckRequest(name, named.map(NamedVersion::name).orElse(""), named.flatMap(NamedVersion::version));
    }
}
