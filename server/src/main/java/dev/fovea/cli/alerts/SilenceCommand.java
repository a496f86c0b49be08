package dev.fovea.cli.alerts;

import dev.fovea.alerts.Silence;
import dev.fovea.api.alerts.AlertViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea alerts silence}. */
@Command(
        name = "silence",
        description = {
            "Does not tell of some alerts for a while; they are still on record.",
            "Those that still hold when the silence ends are told then."
        },
        footer = {"", "Example:  fovea alerts silence --model shirts --for 8h --reason \"new camera\""})
final class SilenceCommand extends HomeCommand {

    @Option(names = "--model", paramLabel = "MODEL", description = "Alerts about this model (default: all).")
    private @Nullable String model;

    @Option(names = "--kind", paramLabel = "KIND", description = "Alerts of this kind, as drift (default: all).")
    private @Nullable String kind;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private End end;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why; shown with what it holds back.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String reason;

    /** When it ends. */
    static final class End {

        @Option(names = "--for", paramLabel = "DURATION", description = "How long, as 30m, 8h or 2d.")
        private @Nullable String duration;

        @Option(names = "--until", paramLabel = "TIME", description = "When it ends, as 2026-12-01T06:00:00Z.")
        private @Nullable String until;

        Instant time() {
            if (until != null) {
                return AlertViews.time("--until", until);
            }
            String text = String.valueOf(duration);
            return Instant.now()
                    .plus(DurationText.parse(text)
                            .orElseThrow(() -> new FoveaException(
                                    ErrorCode.ARGUMENT_INVALID,
                                    "\"--for\" is \"%s\"; write a duration as 30m, 8h or 2d."
                                            .formatted(Printable.brief(text)))));
        }
    }

    @Override
    public Integer call() {
        try (Application application = open()) {
            if (model != null) {
                application.registry().model(model);
            }
            Silence silence = AlertParts.silences(application)
                    .add(
                            Optional.ofNullable(model),
                            Optional.ofNullable(kind).map(AlertViews::kind),
                            end.time(),
                            Application.user(),
                            reason);
            terminal()
                    .say("Silenced until %s: %s. To end it: fovea alerts unsilence %s"
                            .formatted(AlertText.time(silence.until()), which(), silence.id()));
            return 0;
        }
    }

    private String which() {
        String alerts = kind == null ? "all alerts" : "alerts of the kind " + kind;
        return model == null ? alerts + (kind == null ? " of the home" : "") : alerts + " about " + model;
    }
}
