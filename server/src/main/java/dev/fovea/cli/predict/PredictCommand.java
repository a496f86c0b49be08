package dev.fovea.cli.predict;

import dev.fovea.api.view.PredictionView;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.UnreadableFile;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.server.Application;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.ServedPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea predict}. */
@Command(
        name = "predict",
        description = {
            "Predicts images with a registered model, without a server.",
            "Exits 1 when the prediction of an image fails; the other images are still predicted."
        },
        footer = {
            "",
            "Example:  fovea predict shirts one.jpg two.jpg --top 3",
            "          fovea predict things street.jpg --draw seen/"
        })
public final class PredictCommand extends HomeCommand {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "The images' files.")
    private List<Path> images = List.of();

    @Option(names = "--model-version", paramLabel = "N", description = "A version (default: the one in production).")
    private @Nullable Integer version;

    @Option(names = "--top", paramLabel = "N", description = "Number of labels to show (default: ${DEFAULT-VALUE}).")
    private int top = 1;

    @Option(
            names = "--draw",
            paramLabel = "DIR",
            description = "Where to write copies of the images with what was found drawn on them, as JPEG.")
    private @Nullable Path draw;

    @Option(names = "--json", description = "Print the predictions as JSON.")
    private boolean json;

    /** One image's answer or error, as {@code --json} prints it. */
    record Row(String image, Optional<PredictionView> answer, Optional<String> code, Optional<String> message) {}

    @Override
    public Integer call() {
        requireTop();
        Terminal terminal = terminal();
        Optional<OwnTargets> targets = targets();
        List<Row> rows = new ArrayList<>();
        try (Application application = open()) {
            ModelVersion chosen = application.registry().active(name, Optional.ofNullable(version));
            Bundle bundle = application.home().bundles().bundle(chosen.bundleId());
            Orientation orientation = bundle.manifest()
                    .contract()
                    .map(PreprocessingContract::orientation)
                    .orElse(Orientation.EXIF);
            Optional<Drawing> drawing = targets.map(own -> new Drawing(own, orientation));
            try (LoadedModel model = application.load(bundle)) {
                images.forEach(image -> rows.add(row(model, chosen, image, drawing)));
            }
        }
        if (json) {
            terminal.json(rows);
        } else {
            terminal.say(PredictionText.of(rows));
            rows.forEach(row -> row.message()
                    .ifPresent(message ->
                            terminal.note(message.startsWith(row.image()) ? message : row.image() + ": " + message)));
        }
        return rows.stream().allMatch(row -> row.answer().isPresent()) ? 0 : 1;
    }

    private void requireTop() {
        if (top < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "--top is %d; it must be a whole number above 0.".formatted(top));
        }
    }

    private Optional<OwnTargets> targets() {
        Optional<OwnTargets> targets =
                Optional.ofNullable(draw).map(directory -> new OwnTargets(directory, "--draw", ".jpg"));
        targets.ifPresent(own -> own.require(images));
        return targets;
    }

    private Row row(LoadedModel model, ModelVersion chosen, Path image, Optional<Drawing> drawing) {
        try {
            byte[] bytes = Files.readAllBytes(image);
            long start = System.nanoTime();
            ServedPrediction answer = new ServedPrediction(
                    chosen.id(),
                    model.predict(bytes, Deadline.in(LIMIT)),
                    System.nanoTime() - start,
                    new CacheStatus.Inferred(false));
            if (drawing.isPresent()) {
                drawing.get().draw(image, bytes, answer.prediction().result());
            }
            return new Row(
                    image.toString(),
                    Optional.of(PredictionView.of(answer, top, image.toString())),
                    Optional.empty(),
                    Optional.empty());
        } catch (IOException e) {
            return failed(image, UnreadableFile.error(image, e));
        } catch (FoveaException e) {
            return failed(image, e);
        }
    }

    private static Row failed(Path image, FoveaException e) {
        return new Row(image.toString(), Optional.empty(), Optional.of(e.code().name()), Optional.of(e.getMessage()));
    }
}
