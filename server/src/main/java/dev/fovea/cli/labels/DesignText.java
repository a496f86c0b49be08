package dev.fovea.cli.labels;

import dev.fovea.cli.labels.DesignOutput.PilotAgreement;
import dev.fovea.cli.labels.DesignOutput.PilotOutput;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.design.DesignFinding;
import dev.fovea.labels.design.PilotReport.PilotState;
import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A design and its pilot on a terminal, the verdict first. */
final class DesignText {

    private static final int LONGEST = 70;

    private final Terminal terminal;
    private final Dataset dataset;

    DesignText(Terminal terminal, Dataset dataset) {
        this.terminal = terminal;
        this.dataset = dataset;
    }

    void say(DesignOutput output) {
        terminal.say(output.verdict());
        for (int i = 0; i < output.findings().size(); i++) {
            finding(
                    output.findings().get(i),
                    i == 0 ? Optional.empty() : Optional.of(output.findings().get(i - 1)));
        }
        terminal.say("");
        terminal.say("Question: "
                + (output.question().text().isEmpty()
                        ? "not stated"
                        : output.question().text()));
        if (dataset.task().isOfWholeImages()) {
            terminal.say("Two classes can apply: %s. None can apply: %s."
                    .formatted(
                            word(output.question().severalApply()),
                            word(output.question().noneApplies())));
        }
        TextTable table = new TextTable("CLASS", "EXAMPLES", "NOT", "DEFINITION");
        for (ClassDefinition each : output.classes()) {
            table.row(
                    each.name(),
                    String.valueOf(each.examples().size()),
                    String.valueOf(each.counterExamples().size()),
                    each.definition().length() <= LONGEST
                            ? each.definition()
                            : each.definition().substring(0, LONGEST - 1) + "…");
        }
        terminal.say(table.toString());
        output.separation()
                .filter(separation -> separation.images() > 0)
                .ifPresent(separation -> terminal.say("%,d labelled images were compared by %s."
                        .formatted(separation.images(), separation.embeddings())));
        output.pilot()
                .ifPresentOrElse(
                        this::pilot,
                        () -> terminal.say("No pilot yet. Start one: fovea design %s --pilot 40 --people 2"
                                .formatted(dataset.name())));
    }

    /** Reasons that are those of the finding before are not repeated. */
    private void finding(DesignFinding finding, Optional<DesignFinding> before) {
        boolean repeated = before.filter(each ->
                        each.why().equals(finding.why()) && each.remedy().equals(finding.remedy()))
                .isPresent();
        if (!repeated) {
            terminal.say("");
        }
        terminal.say((finding.costly() ? "! " : "- ") + finding.problem());
        if (!repeated) {
            terminal.say("  Why: " + finding.why());
            terminal.say("  Do:  " + finding.remedy());
        }
    }

    private static String word(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? "yes" : "no").orElse("not stated");
    }

    private void pilot(PilotOutput pilot) {
        String people = pilot.people().isEmpty()
                ? "nobody has started"
                : pilot.people().stream()
                        .map(person -> "%s %d".formatted(person.name(), person.images()))
                        .collect(Collectors.joining(", "));
        terminal.say("Pilot %d, %s: %d of %d images are labelled by %d people (%s)."
                .formatted(
                        pilot.number(),
                        pilot.state().name().toLowerCase(Locale.ROOT),
                        pilot.complete(),
                        pilot.images(),
                        pilot.peoplePerImage(),
                        people));
        if (pilot.state() != PilotState.DONE) {
            terminal.say("People label in the console: Data, %s, Label images.".formatted(dataset.name()));
            return;
        }
        PilotAgreement agreement = pilot.agreement();
        terminal.say(agreement.verdict());
        TextTable table = new TextTable("AGREEMENT", "VALUE", "95 % INTERVAL");
        row(table, "Cohen's kappa, the two people with most images in common", agreement.kappa());
        row(table, "Fleiss' kappa", agreement.fleiss());
        row(table, "Krippendorff's alpha", agreement.alpha());
        row(table, "accuracy ceiling", agreement.ceiling());
        terminal.say(table.toString());
        pilot.advice()
                .forEach(each -> terminal.say("- %s: %s\n  %s"
                        .formatted(
                                each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                each.advice(),
                                each.evidence())));
    }

    private static void row(TextTable table, String name, Optional<Interval> value) {
        value.ifPresent(each -> table.row(
                name,
                String.format(Locale.ROOT, "%.3f", each.value()),
                String.format(Locale.ROOT, "%.3f to %.3f", each.low(), each.high())));
    }
}
