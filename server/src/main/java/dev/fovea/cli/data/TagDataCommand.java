package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.Counted;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data tag}. */
@Command(
        name = "tag",
        description = "Sets and removes tags of images, and saves a version.",
        footer = {"", "Example:  fovea data tag shirts camera=3 --where class=hole"})
final class TagDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME=VALUE",
            description = "Tags to set; NAME= removes a tag; group=NAME sets the group whose images stay in one split.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private List<String> tags;

    @Option(
            names = "--where",
            paramLabel = "NAME=VALUE",
            description = "Only images with this tag (default: all). May be given several times.")
    private List<String> where = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(String dataset, int images, String version) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            int changed = datasets.change(name, ItemFilter.parse(where), change());
            SavedVersion version =
                    datasets.versions().commit(name, "tag " + String.join(" ", tags), Application.user());
            if (json) {
                terminal.json(new Output(name, changed, version.id()));
            } else {
                terminal.say("Tagged %s. Version %s of %s."
                        .formatted(Counted.images(changed), version.id().substring(0, 12), name));
            }
            return 0;
        }
    }

    private ItemChange change() {
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        Optional<String> group = Optional.empty();
        for (String text : tags) {
            boolean removes = text.endsWith("=");
            ItemFilter.Tag tag =
                    ItemFilter.Tag.parse(removes ? text + "-" : text).requireSettable();
            if (tag.name().equals("group")) {
                group = Optional.of(removes ? "" : tag.value());
            } else {
                changes.put(tag.name(), removes ? Optional.empty() : Optional.of(tag.value()));
            }
        }
        return new ItemChange(changes, Optional.empty(), group, false);
    }
}
