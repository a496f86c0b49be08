package dev.fovea.cli.traffic;

import dev.fovea.api.traffic.KeepViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.config.binding.ByteSize;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.server.Application;
import dev.fovea.server.RetentionParts;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.Retention;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea traffic keep}. */
@Command(
        name = "keep",
        description = {
            "Says which images of a model's traffic are kept in a data set, for labelling. Without options, shows it.",
            "By default none. The images of a day (UTC) are chosen when it ends. Requests with X-Fovea-Keep: never are left out."
        },
        footer = {
            "",
            "Example:  fovea traffic keep shirts --random 100/day --uncertain 200/day --novel 50/day --max 10GB --days 30",
            "          fovea traffic keep shirts --now",
            "          fovea traffic keep shirts --off"
        })
final class TrafficKeepCommand extends HomeCommand {

    private static final Pattern PER_DAY = Pattern.compile("(\\d{1,9})(/day)?");

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--random",
            paramLabel = "N/day",
            description = "Images of an unbiased sample, in which each image is as likely as any other.")
    private @Nullable String random;

    @Option(names = "--uncertain", paramLabel = "N/day", description = "Images with the least certain predictions.")
    private @Nullable String uncertain;

    @Option(
            names = "--novel",
            paramLabel = "N/day",
            description = "Images that are least like the held-out images of the version.")
    private @Nullable String novel;

    @Option(
            names = "--max",
            paramLabel = "SIZE",
            defaultValue = "10GB",
            description = "Bytes of all kept images; the oldest are removed first (default: ${DEFAULT-VALUE}).")
    private String max = "10GB";

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days after which images are removed that nobody labelled (default: ${DEFAULT-VALUE}).")
    private int days = KeepPolicy.USUAL_DAYS;

    @Option(
            names = "--data-set",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The data set (default: MODEL-traffic, which is created).")
    private String dataset = "";

    @Option(names = "--now", description = "Choose the images of today now, and bring them to the data set.")
    private boolean now;

    @Option(names = "--off", description = "Keep no more; images in data sets stay until they expire.")
    private boolean off;

    @Option(
            names = "--list",
            paramLabel = "N",
            description = "List the newest kept images with their requests and predictions.")
    private int list;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Kept(KeepViews.KeepView keep, List<KeepViews.KeptView> images) {}

    @Override
    public Integer call() {
        boolean sets = random != null || uncertain != null || novel != null;
        if ((sets ? 1 : 0) + (now ? 1 : 0) + (off ? 1 : 0) > 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "Give numbers of images, --now or --off, but one of them only.");
        }
        Terminal terminal = terminal();
        try (Application application = open()) {
            Retention retention = RetentionParts.retention(application);
            if (sets) {
                var _ = retention.set(new KeepPolicy(
                        model,
                        dataset,
                        Retention.perDay(
                                perDay("--random", random), perDay("--uncertain", uncertain), perDay("--novel", novel)),
                        bytes(),
                        days));
            } else if (off) {
                boolean _ = retention.end(model);
            } else if (now) {
                Retention.Moved moved = retention.finish(model);
                terminal.note("%,d images were brought to the data set, %,d were refused by it."
                        .formatted(moved.kept(), moved.refused()));
            }
            show(retention, terminal);
            return 0;
        }
    }

    private static int perDay(String option, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        Matcher matcher = PER_DAY.matcher(text);
        if (!matcher.matches()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is \"%s\"; it must be a number of images per day, such as 100/day."
                            .formatted(option, Printable.brief(text)));
        }
        return Integer.parseInt(matcher.group(1));
    }

    private long bytes() {
        return ByteSize.parse(max)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--max is \"%s\"; it must be a size with its unit, such as 10GB or 500MB."
                                .formatted(Printable.brief(max))))
                .bytes();
    }

    private void show(Retention retention, Terminal terminal) {
        KeepViews.KeepView keep = KeepViews.of(retention.policy(model), retention.totals(model), Optional.empty());
        List<KeptImage> images = list > 0 ? retention.kept(model, list, 0) : List.of();
        if (json) {
            terminal.json(
                    new Kept(keep, images.stream().map(KeepViews.KeptView::of).toList()));
            return;
        }
        terminal.say(keep.policy()
                .map(policy ->
                        "Of each day, %,d random, %,d uncertain and %,d novel images of %s are kept for %,d days in the data set %s, up to %,d MB."
                                .formatted(
                                        policy.random(),
                                        policy.uncertain(),
                                        policy.novel(),
                                        model,
                                        policy.days(),
                                        policy.dataset(),
                                        policy.maxBytes() / 1_000_000))
                .orElse("No images of %s are kept.".formatted(model)));
        keep.open()
                .forEach(open -> terminal.say("%s%s: %,d images seen, %,d staged, %,d lost."
                        .formatted(
                                open.day(),
                                open.part() == 1 ? "" : ", part %d".formatted(open.part()),
                                open.seen(),
                                open.staged(),
                                open.lost())));
        if (keep.images() > 0) {
            terminal.say("Images of %,d requests are kept; those that expire have %,.1f MB."
                    .formatted(keep.images(), keep.bytes() / 1e6));
        }
        if (!images.isEmpty()) {
            terminal.say(table(images));
        }
    }

    private static String table(List<KeptImage> images) {
        TextTable table =
                new TextTable("TIME", "REQUEST", "VERSION", "PREDICTED", "SCORE", "WHY", "PROBABILITY", "IMAGE");
        images.stream()
                .map(KeepViews.KeptView::of)
                .forEach(image -> table.row(
                        image.time(),
                        image.requestId(),
                        image.version(),
                        image.labels().isEmpty()
                                ? "–"
                                : image.labels().getFirst().label(),
                        image.labels().isEmpty()
                                ? "–"
                                : image.labels()
                                        .getFirst()
                                        .score()
                                        .map(TrafficKeepCommand::number)
                                        .orElse("–"),
                        String.join(", ", image.kept().reasons()),
                        image.kept()
                                .probability()
                                .map(TrafficKeepCommand::number)
                                .orElse("–"),
                        image.kept().hash().substring(0, 12)));
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
