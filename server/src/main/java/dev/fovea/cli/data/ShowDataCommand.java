package dev.fovea.cli.data;

import dev.fovea.api.traffic.KeepViews;
import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.Counted;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import dev.fovea.labels.consensus.SoftLabel;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea data show}. */
@Command(
        name = "show",
        description = {
            "Shows a data set: its classes, tags and splits; with --tag or --images the images, with HASH one image.",
            "One image is shown with all its annotations and the model versions that learned from it."
        },
        footer = {"", "Example:  fovea data show shirts --tag class=hole --tag split=test"})
final class ShowDataCommand extends HomeCommand {

    private static final Json JSON = Json.of("annotation", ErrorCode.ANNOTATION_INVALID);

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "HASH",
            description = "An image: the first 6 or more digits of its hash.")
    private @Nullable String hash;

    @Option(
            names = "--tag",
            paramLabel = "NAME=VALUE",
            description =
                    "Only images with the tag; class, split and labelled (yes or no) count too. May be given several times.")
    private List<String> tags = List.of();

    @Option(names = "--images", paramLabel = "N", description = "Images to list (default: 20 with --tag, else none).")
    private @Nullable Integer images;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** A data set as {@code --json} prints it. */
    record Overview(ListDataCommand.Row dataset, SortedMap<String, SortedMap<String, Long>> tags) {}

    /** An image as {@code --json} prints it. */
    record Image(
            String hash,
            String source,
            int width,
            int height,
            String split,
            Map<String, String> tags,
            Optional<JsonNode> label) {

        static Image of(DatasetItem item) {
            return new Image(
                    item.image().hash().toString(),
                    item.source(),
                    item.image().size().width(),
                    item.image().size().height(),
                    item.split().label(),
                    item.tags(),
                    item.label().map(label -> tree(label.content().value())));
        }
    }

    /** An annotation as {@code --json} prints it. */
    record Made(String annotator, String at, boolean inForce, JsonNode value) {}

    /** One image with what is known about it. */
    record Details(
            Image image,
            String location,
            Optional<ImageTreatment.Blurring> blurring,
            List<Made> annotations,
            List<String> models,
            Optional<SoftLabel> softLabel,
            List<KeepViews.KeptView> requests) {}

    @Override
    public Integer call() {
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            if (hash != null) {
                details(application, hash);
            } else if (tags.isEmpty() && images == null) {
                overview(datasets);
            } else {
                list(datasets);
            }
            return 0;
        }
    }

    private void overview(Datasets datasets) {
        Terminal terminal = terminal();
        Overview overview = new Overview(ListDataCommand.Row.of(datasets.summary(name)), datasets.tags(name));
        if (json) {
            terminal.json(overview);
            return;
        }
        terminal.say("%s: %s, %s, %,d labelled, %s%s"
                .formatted(
                        name,
                        overview.dataset().task(),
                        Counted.images(overview.dataset().images()),
                        overview.dataset().labelled(),
                        overview.dataset().version().isEmpty()
                                ? "not committed yet"
                                : "version " + Hashes.brief(overview.dataset().version()),
                        !overview.dataset().version().isEmpty()
                                        && datasets.versions().isChanged(name)
                                ? ", changed since"
                                : ""));
        TextTable table = new TextTable("TAG", "VALUE", "IMAGES");
        overview.tags()
                .forEach((tag, values) ->
                        values.forEach((value, count) -> table.row(tag, value, "%,d".formatted(count))));
        terminal.say(table.toString());
    }

    private void list(Datasets datasets) {
        Terminal terminal = terminal();
        List<DatasetItem> found =
                datasets.page(name, ItemFilter.parse(tags), 0, images == null ? 20 : Math.max(1, images));
        if (json) {
            terminal.json(found.stream().map(Image::of).toList());
            return;
        }
        TextTable table = new TextTable("HASH", "SOURCE", "SIZE", "SPLIT", "LABEL");
        found.forEach(item -> table.row(
                Hashes.brief(item.image().hash().toString()),
                item.source(),
                item.image().size().toString(),
                item.split().label(),
                item.label().map(label -> words(label.content().value())).orElse("")));
        terminal.say(table.toString());
    }

    private static JsonNode tree(AnnotationValue value) {
        return JSON.parse(AnnotationJson.write(value));
    }

    /** The classes of an annotation, with numbers where it has several objects of a class. */
    private static String words(AnnotationValue value) {
        return switch (value) {
            case ClassLabels labels -> labels.classes().isEmpty() ? "none" : String.join(", ", labels.classes());
            case ObjectLabels labels -> {
                SortedMap<String, Integer> counts = new TreeMap<>();
                labels.objects().forEach(object -> counts.merge(object.name(), 1, Integer::sum));
                yield counts.isEmpty() ? "none" : Counts.words(counts);
            }
        };
    }

    private void details(Application application, String text) {
        Terminal terminal = terminal();
        Datasets datasets = application.datasets();
        DatasetItem item = datasets.item(name, Hashes.find(datasets, name, text));
        ContentHash image = item.image().hash();
        ImageTreatment treatment = item.image().treatment();
        Details details = new Details(
                Image.of(item),
                Json.word(treatment.location()),
                treatment.blurring(),
                datasets.annotations(item).stream()
                        .map(annotation -> new Made(
                                annotation.content().annotator(),
                                annotation.made().toString(),
                                annotation.inForce(),
                                tree(annotation.content().value())))
                        .toList(),
                datasets.learners(image),
                application.labelling().softLabel(name, item),
                application.home().production().keptImages().ofImage(name, image.toString()).stream()
                        .map(KeepViews.KeptView::of)
                        .toList());
        if (json) {
            terminal.json(details);
            return;
        }
        terminal.say("%s from %s, %s, split %s%s"
                .formatted(
                        image,
                        item.source(),
                        item.image().size(),
                        item.split().label(),
                        item.tags().entrySet().stream()
                                .map(tag -> ", %s=%s".formatted(tag.getKey(), tag.getValue()))
                                .collect(Collectors.joining())));
        switch (treatment.location()) {
            case ABSENT -> {}
            case ERASED -> terminal.say("Its GPS position was erased.");
            case ERASED_WHEN_READ ->
                terminal.say("Its file in place has a GPS position, which is erased from the bytes that are read.");
            case KEPT -> terminal.say("Its GPS position is kept.");
        }
        treatment
                .blurring()
                .ifPresent(blurring -> blurring.regions()
                        .forEach(region -> terminal.say("%s by %s: %s %.2f at %.0f,%.0f, %.0f×%.0f"
                                .formatted(
                                        Json.word(blurring.method()),
                                        blurring.model(),
                                        region.label(),
                                        region.score(),
                                        region.x(),
                                        region.y(),
                                        region.width(),
                                        region.height()))));
        datasets.annotations(item)
                .forEach(made -> terminal.say("%s %s: %s%s"
                        .formatted(
                                made.made(),
                                made.content().annotator(),
                                words(made.content().value()),
                                made.inForce() ? " (in force)" : "")));
        details.softLabel().ifPresent(label -> terminal.say(probabilities(label)));
        details.requests().forEach(request -> terminal.say(origin(request)));
        terminal.say(
                details.models().isEmpty()
                        ? "No model learned from it."
                        : "Models that learned from it: %s".formatted(String.join(", ", details.models())));
    }

    /** The request that an image was kept of, in a sentence. */
    private static String origin(KeepViews.KeptView request) {
        return "It came with the request %s to %s@%d at %s, predicted %s. Kept because: %s."
                .formatted(
                        request.requestId(),
                        request.model(),
                        request.version(),
                        request.time(),
                        request.labels().isEmpty()
                                ? "nothing"
                                : request.labels().stream()
                                        .map(label -> "%s %.2f"
                                                .formatted(
                                                        label.label(),
                                                        label.score().orElse(Double.NaN)))
                                        .collect(Collectors.joining(", ")),
                        String.join(", ", request.kept().reasons()));
    }

    /** What the label rests on, in a sentence. */
    private static String probabilities(SoftLabel label) {
        return String.format(
                Locale.ROOT,
                "The label rests on %s, uncertainty %.2f: %s.",
                label.people() == 1 ? "1 person" : "%,d people".formatted(label.people()),
                label.uncertainty(),
                label.classes().stream()
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%s %.2f (%d of %d votes, 95 %% interval %.2f–%.2f)",
                                each.label(),
                                each.probability(),
                                each.votes(),
                                label.people(),
                                each.share().low(),
                                each.share().high()))
                        .collect(Collectors.joining(", ")));
    }
}
