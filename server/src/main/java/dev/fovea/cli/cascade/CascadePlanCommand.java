package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.OtherModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.server.Application;
import dev.fovea.statistics.CascadeCosts;
import dev.fovea.statistics.CascadePoint;
import dev.fovea.statistics.CascadeThreshold;
import dev.fovea.statistics.Interval;
import java.util.Locale;
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
            "Computes from labelled images when a model's answer stands and when a larger one is asked.",
            "Both models see every image, as served. The threshold is the one that escalates the fewest images and reaches the accuracy. Images that one of the models was trained on are recognised by their content and left out. Exits 1 when no threshold reaches the accuracy."
        },
        footer = {
            "",
            "Example:  fovea cascade plan shirts --larger resnet --data held-out --accuracy 0.95",
            "          fovea cascade plan shirts --larger remote:vision --data held-out --accuracy 0.95 --spend --apply"
        })
final class CascadePlanCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model that is asked first.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--larger",
            required = true,
            paramLabel = "OTHER",
            description = "Who is asked when it is unsure: a registered model, or remote:NAME.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String larger;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER|DATASET",
            description =
                    "Labelled images, a folder per class; or the first digits of a data set version's id. Of a divided one the test images.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String data;

    @Option(
            names = "--accuracy",
            required = true,
            paramLabel = "P",
            description = "The share of right answers that is wanted, as 0.95.")
    private double accuracy;

    @Option(names = "--cost-small", paramLabel = "X", description = "Cost of an answer of this model.")
    private @Nullable Double costSmall;

    @Option(
            names = "--cost-large",
            paramLabel = "Y",
            description =
                    "Cost of an answer of the larger one (default: milliseconds as measured, or the service's price).")
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
        requireArguments();
        OtherModel other = OtherModel.parse(larger);
        try (Application application = open()) {
            ModelVersion small = application.declarations().requireCascade(name, other);
            CascadeLearning.Images images = CascadeLearning.images(application, data, small, other);
            CascadePlan plan = planned(application, small, other, images);
            CascadeThreshold threshold = CascadeThreshold.choose(plan.scores().outcomes(), accuracy);
            boolean reached = threshold instanceof CascadeThreshold.Reached;
            boolean applied = apply && reached;
            if (applied) {
                application
                        .declarations()
                        .cascade(
                                name,
                                other,
                                threshold.chosen().threshold(),
                                Optional.of(expectation(plan, threshold.expected())),
                                reason.author());
            }
            CascadePlanText text = new CascadePlanText(name, other, plan, threshold, applied);
            if (json) {
                terminal.json(text.json());
            } else {
                terminal.say(text.table());
                terminal.say(text.verdict());
            }
            return reached ? 0 : 1;
        }
    }

    private void requireArguments() {
        if ((costSmall == null) != (costLarge == null)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "One cost alone says little. Give both --cost-small and --cost-large, or neither.");
        }
        if (!(accuracy > 0 && accuracy <= 1)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--accuracy is %s; it must lie above 0 and at most at 1.".formatted(accuracy));
        }
    }

    private CascadePlan planned(
            Application application, ModelVersion small, OtherModel other, CascadeLearning.Images images) {
        Optional<CascadeCosts> stated = costSmall == null || costLarge == null
                ? Optional.empty()
                : Optional.of(new CascadeCosts(costSmall, costLarge));
        Terminal terminal = terminal();
        try (CascadeSide first = CascadeSide.here(application, small);
                CascadeSide second = second(application, other, images.images())) {
            return CascadePlan.of(
                    first,
                    second,
                    images,
                    stated,
                    (done, of) -> terminal.progress(
                            "judging", (double) done / of, Optional.empty(), "%d of %d".formatted(done, of)));
        }
    }

    private CascadeSide second(Application application, OtherModel other, CascadeImages images) {
        return switch (other) {
            case OtherModel.Here(String model) ->
                CascadeSide.here(application, CascadeSide.production(application, model));
            case OtherModel.Elsewhere(String remote) -> {
                CascadeSide side = CascadeSide.elsewhere(
                        application, remote, RuntimeSettings.forThisMachine().limits());
                requireLeave(side, images.shown().size());
                yield side;
            }
        };
    }

    /** Says what it will cost before it is spent. */
    private void requireLeave(CascadeSide side, int images) {
        side.price().filter(price -> price.pricePerCall() > 0).ifPresent(price -> {
            String cost = String.format(
                    Locale.ROOT,
                    "%,d images at %s %s each cost %.2f %s",
                    images,
                    price.pricePerCall(),
                    price.currency(),
                    images * price.pricePerCall(),
                    price.currency());
            if (!spend) {
                side.close();
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s, more where calls are tried again. Give --spend to go on.".formatted(cost));
            }
            terminal().note(cost + ", more where calls are tried again.");
        });
    }

    private Cascade.Expectation expectation(CascadePlan plan, CascadePoint expected) {
        return new Cascade.Expectation(
                plan.scores().outcomes().size(),
                accuracy,
                estimate(expected.accuracy()),
                estimate(expected.escalated()),
                Optional.of(estimate(expected.costPerThousand())),
                plan.unit());
    }

    private static Cascade.Estimate estimate(Interval interval) {
        return new Cascade.Estimate(interval.value(), interval.low(), interval.high());
    }
}
