package dev.fovea.cli.cascade;

import dev.fovea.api.view.AssistanceViews;
import dev.fovea.api.view.Views;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.server.Application;
import dev.fovea.statistics.Interval;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea cascade show}. */
@Command(
        name = "show",
        description = {
            "Shows the cascade and the fallback of a model.",
            "A running server has the live figures: GET /v1/models/NAME."
        },
        footer = {"", "Example:  fovea cascade show shirts"})
final class CascadeShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Shown(
            String model,
            Optional<AssistanceViews.CascadeView> cascade,
            Optional<AssistanceViews.FallbackView> fallback) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            RegisteredModel model = application.registry().model(name);
            Shown shown = new Shown(
                    name,
                    model.assistance()
                            .cascade()
                            .map(cascade -> AssistanceViews.cascade(model, cascade, Optional.empty())),
                    model.assistance()
                            .fallback()
                            .map(fallback -> AssistanceViews.fallback(fallback, Optional.empty())));
            if (json) {
                terminal.json(shown);
                return 0;
            }
            terminal.say(shown.cascade()
                    .map(CascadeShowCommand::words)
                    .orElse("It has no cascade. Plan one: fovea cascade plan %s --help".formatted(name)));
            terminal.say(model.assistance()
                    .fallback()
                    .map("Fallback when it cannot predict: %s."::formatted)
                    .orElse("It has no fallback."));
            return 0;
        }
    }

    private static String words(AssistanceViews.CascadeView cascade) {
        String expected = cascade.expected()
                .map(promised ->
                        " Expected on new images: %s right, %s escalated, a cost of %s for 1,000 images (95 %% intervals)."
                                .formatted(
                                        CascadePlanText.percent(interval(promised.accuracy())),
                                        CascadePlanText.percent(interval(promised.share())),
                                        CascadePlanText.cost(interval(promised.costPerThousand()), promised.unit())))
                .orElse("");
        String outdated = cascade.outdated()
                ? " The threshold is for version %d, but another one is in production now. Plan again."
                        .formatted(cascade.version())
                : "";
        return "Images with a confidence below %s are escalated to %s.%s%s"
                .formatted(cascade.threshold(), cascade.larger(), expected, outdated);
    }

    private static Interval interval(Views.Figure figure) {
        return new Interval(figure.value(), figure.low(), figure.high());
    }
}
