package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.cascade.CascadePlanning;
import dev.fovea.pipeline.cascade.CascadeReport;
import dev.fovea.pipeline.request.CascadeRequest;
import dev.fovea.server.Application;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea cascade plan}. */
@Command(
        name = "plan",
        description = {
            "Computes the confidence threshold of a cascade from labelled images.",
            "Both models predict every image, as served. The threshold reaches the accuracy with the fewest escalated images. Images that one of the models was trained on are recognised by their content and left out. Exits 1 when no threshold reaches the accuracy."
        },
        footer = {
            "",
            "Example:  fovea cascade plan shirts --larger resnet --data held-out --accuracy 0.95",
            "          fovea cascade plan shirts --larger remote:vision --data held-out --accuracy 0.95 --spend --apply"
        })
final class CascadePlanCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The small model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--larger",
            required = true,
            paramLabel = "OTHER",
            description = "The larger model: a registered one, or remote:NAME.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String larger;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER|DATASET",
            description =
                    "Labelled images, a folder per class; NAME or NAME@VERSION of a data set; or the first digits of an image list's id. If it has splits, the test images are used.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String data;

    @Option(
            names = "--accuracy",
            required = true,
            paramLabel = "P",
            description = "The target accuracy of the cascade, as 0.95.")
    private double accuracy;

    @Option(names = "--cost-small", paramLabel = "X", description = "Cost of a prediction of this model.")
    private @Nullable Double costSmall;

    @Option(
            names = "--cost-large",
            paramLabel = "Y",
            description =
                    "Cost of a prediction of the larger one (default: milliseconds as measured, or the service's price).")
    private @Nullable Double costLarge;

    @Option(names = "--spend", description = "Ask a service that costs money.")
    private boolean spend;

    @Option(names = "--apply", description = "Declare the cascade when the accuracy is reached.")
    private boolean apply;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        CascadeRequest request = new CascadeRequest(
                name,
                larger,
                data,
                Optional.of(accuracy),
                costs(),
                Optional.of(spend),
                Optional.of(apply),
                reason.text());
        try (Application application = open()) {
            CascadePlanning.CascadePlanResult result = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().cascade(request, progress, terminal::note),
                            JobOutcomes::of);
            CascadeReport report = CascadeReport.of(result);
            if (json) {
                terminal.json(report);
            } else {
                CascadePlanText text = new CascadePlanText(report);
                terminal.say(text.table());
                terminal.say(text.verdict());
            }
            return result.isReached() ? 0 : 1;
        }
    }

    private Optional<CascadeRequest.CascadeCostsRequest> costs() {
        if ((costSmall == null) != (costLarge == null)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "Give both --cost-small and --cost-large, or neither.");
        }
        return costSmall == null || costLarge == null
                ? Optional.empty()
                : Optional.of(new CascadeRequest.CascadeCostsRequest(costSmall, costLarge));
    }
}
