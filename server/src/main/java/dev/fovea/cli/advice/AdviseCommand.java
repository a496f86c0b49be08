package dev.fovea.cli.advice;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.pipeline.advice.Advice;
import dev.fovea.pipeline.advice.AdviceField;
import dev.fovea.pipeline.advice.AdviceText;
import dev.fovea.pipeline.advice.AdviceValues;
import dev.fovea.pipeline.advice.Advisor;
import dev.fovea.pipeline.advice.PilotResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea advise}. */
@Command(
        name = "advise",
        description = {
            "Compares the ways to a classifier: a service's API, a pretrained network, one from scratch, a blend, a supplier.",
            "It says what rules each out, weighs accuracy, time, cost, control and effort, and states costs with the break-even. With --pilot it measures services and a linear probe on your own images."
        },
        footer = {
            "",
            "Example:  fovea advise --images 500 --labelled 200 --classes 4 --volume 200000 --accuracy 0.95",
            "          fovea advise --ask",
            "          fovea advise --pilot images/shirts --remote rekognition --price api-price=1"
        })
public final class AdviseCommand extends HomeCommand {

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private SituationOptions situation;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PilotOptions pilot;

    @Option(
            names = "--price",
            paramLabel = "NAME=VALUE",
            description =
                    "A price or another assumption of the costs: api-price (for 1,000 images), label-price, day-rate, machine-price, images-per-machine, supplier-price, upkeep-days, unsure-share.")
    private Map<String, String> prices = new LinkedHashMap<>();

    @Option(
            names = "--weight",
            paramLabel = "CRITERION=N",
            description =
                    "How much a criterion counts: accuracy (default 2), time, cost, control or effort (default 1 each).")
    private Map<String, String> weights = new LinkedHashMap<>();

    @Option(
            names = "--input",
            paramLabel = "FILE.json",
            description = "The same names and values from a file, as {\"images\": 500}; options come before it.")
    private @Nullable Path input;

    @Option(names = "--ask", description = "Ask for what no option or file states.")
    private boolean ask;

    @Option(names = "--markdown", paramLabel = "FILE.md", description = "Write the advice to a file as well.")
    private @Nullable Path markdown;

    @Option(names = "--json", description = "Print the advice as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        AdviceValues values = new AdviceValues();
        if (input != null) {
            read(input).forEach(values::put);
        }
        situation.values().forEach(values::put);
        prices.forEach((name, value) -> put(values, AdviceField.FieldGroup.PRICE, "", name, value));
        weights.forEach((name, value) -> put(values, AdviceField.FieldGroup.WEIGHT, "weight-", name, value));
        if (ask) {
            ask(terminal, values);
        }
        var _ = values.order(Optional.empty()); // wrong values are named before anything is measured
        Optional<PilotResult> measured = pilot.folder().map(folder -> {
            try (var application = open()) {
                return pilot.run(folder, application, terminal);
            }
        });
        Advice advice = Advisor.of(values.order(measured));
        String text = AdviceText.markdown(advice);
        if (markdown != null) {
            write(markdown, text);
        }
        if (json) {
            terminal.json(advice);
        } else {
            text.lines().forEach(terminal::say);
        }
        return 0;
    }

    private static void put(
            AdviceValues values, AdviceField.FieldGroup group, String prefix, String name, String value) {
        List<String> known =
                AdviceField.of(group).stream().map(AdviceField::key).toList();
        if (!known.contains(prefix + name)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is unknown. It is one of %s."
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            known.stream()
                                                    .map(key -> key.substring(prefix.length()))
                                                    .toList())));
        }
        values.put(prefix + name, value);
    }

    private static void ask(Terminal terminal, AdviceValues values) {
        for (AdviceField field : AdviceField.of(AdviceField.FieldGroup.SITUATION)) {
            if (!values.has(field)) {
                terminal.ask("%s? [%s] ".formatted(field.question(), field.usual()))
                        .map(String::strip)
                        .filter(answer -> !answer.isEmpty())
                        .ifPresent(answer -> values.put(field, answer));
            }
        }
    }

    private static Map<String, String> read(Path file) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            Json.of(file.toString(), ErrorCode.ARGUMENT_INVALID)
                    .parse(Files.readString(file))
                    .properties()
                    .forEach(
                            entry -> values.put(entry.getKey(), entry.getValue().asString()));
            return values;
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path.".formatted(file), e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s cannot be written. Use another path.".formatted(file), e);
        }
    }
}
