package dev.fovea.cli.backbones;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.weights.BackboneCatalog;
import dev.fovea.pipeline.weights.BackboneFolder;
import dev.fovea.pipeline.weights.CatalogBackbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea backbones list}. */
@Command(
        name = "list",
        description = {
            "Lists the backbones of the catalogue and those of the home.",
            "Licences are those that the authors of the weights state. Read them before you ship a model."
        })
final class ListBackbonesCommand extends BackbonesHome {

    private static final double MB = 1e6;
    private static final String UNKNOWN = "–";

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** A row, also of {@code --json}. */
    record ListedBackbone(
            String name, boolean added, String task, String input, double megabytes, String licence, String source) {}

    @Override
    public Integer call() {
        List<ListedBackbone> listed = new ArrayList<>();
        BackboneFolder folder = folder();
        BackboneCatalog catalog = BackboneCatalog.read();
        for (CatalogBackbone backbone : catalog.backbones()) {
            listed.add(new ListedBackbone(
                    backbone.name(),
                    folder.has(backbone.name()),
                    backbone.task(),
                    backbone.contract().outputSize().toString(),
                    backbone.weights().bytes() / MB,
                    backbone.licence(),
                    backbone.source()));
        }
        for (String name : folder.names()) {
            if (catalog.find(name).isEmpty()) {
                listed.add(imported(folder, name));
            }
        }
        if (json) {
            terminal().json(listed);
            return 0;
        }
        TextTable table = new TextTable("NAME", "ADDED", "TASK", "INPUT", "SIZE", "LICENCE", "WEIGHTS");
        listed.forEach(row -> table.row(
                row.name(),
                row.added() ? "yes" : "no",
                row.task(),
                row.input(),
                String.format(Locale.ROOT, "%.1f MB", row.megabytes()),
                row.licence(),
                row.source()));
        terminal().say(table.toString());
        return 0;
    }

    private static ListedBackbone imported(BackboneFolder folder, String name) {
        OnnxModel model = OnnxModel.read(folder.file(name));
        return new ListedBackbone(
                name,
                true,
                "imported",
                FoveaMetadata.contract(model)
                        .map(contract -> contract.outputSize().toString())
                        .orElse(UNKNOWN),
                model.size() / MB,
                FoveaMetadata.licence(model).orElse("not stated"),
                FoveaMetadata.value(model, FoveaMetadata.SOURCE).orElse(UNKNOWN));
    }
}
