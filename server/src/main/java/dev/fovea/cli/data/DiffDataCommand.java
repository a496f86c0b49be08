package dev.fovea.cli.data;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.DesignChange;
import dev.fovea.datasets.curation.VersionDiff;
import dev.fovea.json.Json;
import dev.fovea.server.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data diff}. */
@Command(
        name = "diff",
        description =
                "Says how two versions differ: images added, removed, relabelled, moved between splits and retagged, by class, and what changed in the question and the definitions.",
        footer = {"", "Example:  fovea data diff shirts 1 latest"})
final class DiffDataCommand extends HomeCommand {

    private static final int LONGEST = 60;

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "Digits that its id begins with, its number, or latest.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String before;

    @Parameters(index = "2", paramLabel = "OTHER", description = "The other version (default: latest).", arity = "0..1")
    private String after = "latest";

    @Option(names = "--images", paramLabel = "N", description = "Images to list (default: ${DEFAULT-VALUE}).")
    private int images = 20;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(
            String before,
            String after,
            List<DesignChange> design,
            Map<String, Integer> counts,
            Map<String, Map<String, Integer>> classes,
            List<Row> images) {}

    /** An image that differs. */
    record Row(String hash, List<String> changes, String before, String after) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            SavedVersion one = datasets.versions().version(name, before);
            SavedVersion other = datasets.versions().version(name, after);
            VersionDiff diff = datasets.versions().diff(one, other, Math.max(0, images));
            Map<String, Map<String, Integer>> classes = new TreeMap<>();
            diff.classes().forEach((label, counts) -> classes.put(label, words(counts)));
            Output output = new Output(
                    one.id(),
                    other.id(),
                    diff.design(),
                    words(diff.counts()),
                    classes,
                    diff.changes().stream().map(DiffDataCommand::row).toList());
            if (json) {
                terminal.json(output);
                return 0;
            }
            terminal.say(
                    output.counts().isEmpty() && output.design().isEmpty()
                            ? "The versions are the same."
                            : "From version %s to %s: %s"
                                    .formatted(
                                            one.id().substring(0, 12),
                                            other.id().substring(0, 12),
                                            output.counts().isEmpty()
                                                    ? "the same images"
                                                    : Counts.words(output.counts())));
            TextTable design = new TextTable("DESIGN", "CLASS", "BEFORE", "AFTER");
            output.design()
                    .forEach(change -> design.row(
                            Json.word(change.part()),
                            change.label().orElse(""),
                            shortened(change.before()),
                            shortened(change.after())));
            if (!output.design().isEmpty()) {
                terminal.say(design.toString());
            }
            TextTable table = new TextTable("CLASS", "CHANGES");
            output.classes().forEach((label, counts) -> table.row(label, Counts.words(counts)));
            TextTable changed = new TextTable("IMAGE", "CHANGES", "BEFORE", "AFTER");
            output.images()
                    .forEach(row -> changed.row(
                            Hashes.brief(row.hash()), String.join(", ", row.changes()), row.before(), row.after()));
            if (!output.counts().isEmpty()) {
                terminal.say(table.toString());
                terminal.say(changed.toString());
            }
            return 0;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static Row row(VersionDiff.Changed changed) {
        return new Row(
                changed.image().toString(),
                changed.kinds().stream().map(Json::word).toList(),
                changed.before().map(state -> state(state, changed.after())).orElse(""),
                changed.after().map(state -> state(state, changed.before())).orElse(""));
    }

    /** Label and split, and the group and tags in which the other state differs. */
    private static String state(ItemState state, Optional<ItemState> other) {
        List<String> parts = new ArrayList<>();
        parts.add(state.label().map(label -> String.join(" ", label.classes())).orElse("unlabelled"));
        parts.add(state.split().label());
        other.ifPresent(compared -> {
            state.group()
                    .filter(_ -> !state.group().equals(compared.group()))
                    .ifPresent(group -> parts.add("group=" + group));
            state.tags().entrySet().stream()
                    .filter(tag -> !tag.getValue().equals(compared.tags().get(tag.getKey())))
                    .forEach(tag -> parts.add(tag.getKey() + "=" + tag.getValue()));
        });
        return String.join(", ", parts);
    }

    private static Map<String, Integer> words(SortedMap<VersionDiff.ChangeKind, Integer> counts) {
        Map<String, Integer> words = new TreeMap<>();
        counts.forEach((kind, count) -> words.put(Json.word(kind), count));
        return words;
    }
}
