package dev.fovea.cli.labels;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.Counted;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.ConsensusChoice;
import dev.fovea.labels.design.PilotAdvice;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.server.Application;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data agreement}. */
@Command(
        name = "agreement",
        description = {
            "Says how well the people who labelled a data set agree, in all and by class.",
            "Kappa and alpha are corrected for chance; of boxes and masks, alpha is of their overlap. --consensus changes how several votes become one label."
        },
        footer = {"", "Example:  fovea data agreement shirts --consensus difficulty"})
public final class AgreementDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--consensus",
            paramLabel = "METHOD",
            description =
                    "Use auto, majority, dawid-skene or difficulty from now on, and decide all labels of whole images again (default: leave it as it is).")
    private @Nullable String consensus;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** For {@code --json}. */
    private record Agreed(AgreementReport agreement, ConsensusChoice consensus, List<PilotAdvice> advice) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Labelling labelling = application.labelling();
            if (consensus != null) {
                labelling.settings(name, labelling.settings(name).with(ConsensusMethod.named(consensus)));
            }
            AgreementReport report = labelling.agreement(name);
            Agreed agreed = new Agreed(
                    report, labelling.consensus(name), labelling.pilots().advice(name, report));
            if (json) {
                terminal.json(agreed);
            } else {
                say(terminal, agreed);
            }
            return 0;
        }
    }

    private static void say(Terminal terminal, Agreed agreed) {
        AgreementReport report = agreed.agreement();
        terminal.say(report.verdict());
        terminal.say("%s labelled by two or more people."
                .formatted(Counted.of(report.images(), "image was", "images were")));
        terminal.say("Consensus: " + agreed.consensus().reason());
        agreed.advice().forEach(advice -> terminal.say("- " + advice.sentences()));
        TextTable coefficients = new TextTable("COEFFICIENT", "VALUE");
        row(coefficients, "Cohen's kappa, the two people with most images in common", report.kappa());
        row(coefficients, "Fleiss' kappa", report.fleiss());
        row(coefficients, "Krippendorff's alpha", report.alpha());
        row(coefficients, "accuracy ceiling", report.ceiling());
        terminal.say(coefficients.toString());
        TextTable classes = new TextTable("CLASS", "IMAGES", "ALPHA");
        report.classes()
                .forEach(each -> classes.row(
                        each.label(),
                        "%,d".formatted(each.images()),
                        each.alpha().map(AgreementDataCommand::figure).orElse("cannot be said")));
        if (!report.classes().isEmpty()) {
            terminal.say(classes.toString());
        }
    }

    private static void row(TextTable table, String name, Optional<Interval> value) {
        value.ifPresent(interval -> table.row(name, figure(interval)));
    }

    private static String figure(Interval value) {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", value.value(), value.low(), value.high());
    }
}
