package dev.fovea.cli.labels;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.design.DesignCheck;
import dev.fovea.labels.design.DesignFinding;
import dev.fovea.labels.design.PilotAdvice;
import dev.fovea.server.Application;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea design}. */
@Command(
        name = "design",
        description = {
            "Checks the classes of a data set before and after a pilot.",
            "The checks find classes that people will read differently. After two or more people labelled the same 30 to 50 images, it says how well they agree, which classes they confuse, and what to change."
        },
        footer = {"", "Example:  fovea design shirts"})
public final class DesignCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Design(
            List<DesignFinding> findings,
            String verdict,
            int images,
            Optional<Interval> kappa,
            Optional<Interval> fleiss,
            Optional<Interval> alpha,
            Optional<Interval> ceiling,
            List<String> advice) {

        static Design of(List<DesignFinding> findings, AgreementReport pilot, List<String> advice) {
            return new Design(
                    findings,
                    pilot.verdict(),
                    pilot.images(),
                    pilot.kappa(),
                    pilot.fleiss(),
                    pilot.alpha(),
                    pilot.ceiling(),
                    advice);
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Dataset dataset = application.datasets().dataset(name);
            AgreementReport pilot = application.labelling().agreement(name);
            Design design = Design.of(DesignCheck.of(dataset), pilot, PilotAdvice.of(dataset, pilot));
            if (json) {
                terminal.json(design);
                return 0;
            }
            terminal.say(
                    design.findings().isEmpty()
                            ? "The checks of the classes found nothing."
                            : "The classes of \"%s\":".formatted(name));
            design.findings().forEach(finding -> terminal.say("- " + finding.message()));
            terminal.say("The pilot (%,d images that two or more people labelled): %s"
                    .formatted(pilot.images(), pilot.verdict()));
            design.advice().forEach(each -> terminal.say("- " + each));
            return 0;
        }
    }
}
