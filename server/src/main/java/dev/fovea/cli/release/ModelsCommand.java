package dev.fovea.cli.release;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.api.view.ModelViews;
import dev.fovea.api.view.Views;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.server.Application;
import dev.fovea.traffic.reference.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea models}. */
@Command(
        name = "models",
        description = "Lists the registered models, or the versions of one.",
        footer = {"", "Example:  fovea models", "          fovea models shirts --archived --json"})
public final class ModelsCommand extends HomeCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show this model's versions.")
    private @Nullable String name;

    @Option(names = "--archived", description = "List archived versions, too.")
    private boolean archived;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /**
     * Who gets traffic beside production.
     *
     * @param canary a version with a share of it
     * @param split the versions of an experiment
     */
    record SharedTraffic(Optional<Views.Canary> canary, List<Views.Canary> split) {
        static SharedTraffic of(RegisteredModel model) {
            return new SharedTraffic(Views.Canary.of(model), Views.Canary.split(model));
        }

        String text() {
            return Stream.concat(canary.stream(), split.stream())
                    .map(one -> "%d at %s %%"
                            .formatted(
                                    one.version(),
                                    Double.toString(one.percent()).replaceFirst("\\.0$", "")))
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("–");
        }
    }

    /** A model in {@code --json}. */
    record ModelRow(
            String name,
            int versions,
            int archivedVersions,
            Optional<Integer> production,
            @JsonUnwrapped SharedTraffic shared,
            Optional<Views.Figure> accuracy,
            Optional<Integer> referenceImages,
            List<String> labels) {

        static ModelRow of(RegisteredModel model) {
            Optional<ModelVersion> production = model.alias(Alias.PRODUCTION);
            return new ModelRow(
                    model.name(),
                    model.active().size(),
                    model.archived().size(),
                    production.map(ModelVersion::number),
                    SharedTraffic.of(model),
                    production.flatMap(ModelViews::accuracy),
                    production
                            .flatMap(version -> version.metric(Reference.METRIC))
                            .map(Double::intValue),
                    model.latest().orElseThrow().labels());
        }
    }

    /** A version in {@code --json}. */
    record VersionRow(
            int version,
            boolean archived,
            List<String> aliases,
            String created,
            Optional<Views.Figure> accuracy,
            long sizeBytes,
            Optional<String> precision,
            String note) {

        static VersionRow of(RegisteredModel model, ModelVersion version) {
            return new VersionRow(
                    version.number(),
                    model.isArchived(version),
                    model.aliases().entrySet().stream()
                            .filter(alias -> alias.getValue() == version.number())
                            .map(alias -> alias.getKey().name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList(),
                    version.created().toString(),
                    ModelViews.accuracy(version),
                    version.registration().size().sizeBytes(),
                    ModelQuantization.precision(version),
                    version.registration().note());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            if (name == null) {
                models(
                        terminal,
                        application.registry().models().stream()
                                .filter(model -> archived || !model.active().isEmpty())
                                .map(ModelRow::of)
                                .toList());
            } else {
                RegisteredModel model = application.registry().model(name);
                versions(
                        terminal,
                        (archived ? model.versions() : model.active())
                                .stream()
                                        .map(version -> VersionRow.of(model, version))
                                        .toList(),
                        archived ? 0 : model.archived().size());
            }
        }
        return 0;
    }

    private void models(Terminal terminal, List<ModelRow> rows) {
        if (json) {
            terminal.json(rows);
            return;
        }
        if (rows.isEmpty()) {
            terminal.say("No model is registered in %s. Train one:  fovea train FOLDER --name shirts"
                    .formatted(home.path()));
            return;
        }
        TextTable table =
                new TextTable("MODEL", "PRODUCTION", "TRAFFIC", "VERSIONS", "ACCURACY", "REFERENCE", "LABELS");
        for (ModelRow row : rows) {
            table.row(
                    row.name(),
                    row.production().map(String::valueOf).orElse("–"),
                    row.shared().text(),
                    row.versions(),
                    accuracy(row.accuracy()),
                    row.referenceImages().map(images -> images + " images").orElse("–"),
                    labels(row.labels()));
        }
        terminal.say(table.toString());
    }

    private void versions(Terminal terminal, List<VersionRow> rows, int hidden) {
        if (json) {
            terminal.json(rows);
            return;
        }
        TextTable table = new TextTable("VERSION", "ALIASES", "CREATED", "ACCURACY", "SIZE", "PRECISION", "NOTE");
        for (VersionRow row : rows) {
            table.row(
                    row.version(),
                    row.archived() ? "archived" : String.join(", ", row.aliases()),
                    row.created(),
                    accuracy(row.accuracy()),
                    String.format(Locale.ROOT, "%.1f MB", row.sizeBytes() / 1e6),
                    row.precision().orElse("–"),
                    row.note());
        }
        terminal.say(table.toString());
        if (hidden > 0) {
            terminal.note("%d archived %s not listed; to list all: fovea models %s --archived"
                    .formatted(hidden, hidden == 1 ? "version is" : "versions are", name));
        }
    }

    public static String accuracy(Optional<Views.Figure> accuracy) {
        return accuracy.map(a -> String.format(
                        Locale.ROOT, "%.1f %% (%.1f–%.1f)", 100 * a.value(), 100 * a.low(), 100 * a.high()))
                .orElse("–");
    }

    private static String labels(List<String> labels) {
        String first = labels.stream().limit(4).collect(Collectors.joining(", "));
        return labels.size() > 4 ? first + " … (" + labels.size() + ")" : first;
    }
}
