package dev.fovea.cli.shadow;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.server.Application;
import dev.fovea.serving.shadow.Shadow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shadow start}. */
@Command(
        name = "start",
        description = {
            "Starts a version in shadow, beside the production version. Its golden tests run first.",
            "A running server follows within a second."
        },
        footer = {
            "",
            "Example:  fovea shadow start shirts@2",
            "          fovea shadow start shirts@2 --percent 20 --keep 200 --dataset shirts-review"
        })
final class ShadowStartCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String candidate;

    @Option(
            names = "--percent",
            paramLabel = "P",
            defaultValue = "100",
            description = "Share of the requests, 0.01 to 100 (default: ${DEFAULT-VALUE}).")
    private double percent;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Keep up to N images whose predictions differ, for labelling. Default: none.")
    private @Nullable Integer keep;

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "The data set that they come into, as unlabelled images.")
    private @Nullable String dataset;

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(candidate);
        if ((keep == null) != (dataset == null)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "To keep images, give both --keep and --dataset; to keep none, neither of them.");
        }
        try (Application application = open()) {
            Shadow shadow = application
                    .shadows()
                    .start(
                            new VersionId(named.name(), named.required("shadow start")),
                            percent,
                            keep == null || dataset == null
                                    ? Optional.empty()
                                    : Optional.of(new Shadow.KeptImages(dataset, keep)),
                            Application.user());
            terminal()
                    .say("%s: version %d is in shadow and sees %s %% of the requests. Results: fovea shadow show %s"
                            .formatted(
                                    shadow.model(),
                                    shadow.version().version(),
                                    percent == Math.rint(percent) ? Long.toString((long) percent) : percent,
                                    shadow.model()));
            return 0;
        }
    }
}
