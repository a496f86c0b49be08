import dev.fovea.model.Bundle;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Loads a bundle and predicts images, with Fovea's rooms {@code imaging}, {@code model} and {@code runtime} as
 * libraries:
 *
 * <pre>{@code
 * unzip fabric-1.zip -d fabric-1            # what fovea export wrote
 * java -cp server/target/fovea.jar examples/Predict.java fabric-1 shirt.jpg
 * }</pre>
 */
public final class Predict {

    private Predict() {}

    /** The folder of a bundle, then images. */
    public static void main(String[] arguments) throws IOException {
        Bundle bundle = Bundle.read(Path.of(arguments[0]));
        try (DecodePool pool = DecodePool.forThisMachine();
                LoadedModel model =
                        LoadedModel.load(Engine.open(), bundle, RuntimeSettings.forThisMachine(), pool, () -> {})) {
            for (String image : List.of(arguments).subList(1, arguments.length)) {
                Prediction prediction =
                        model.predict(Files.readAllBytes(Path.of(image)), Deadline.in(Duration.ofSeconds(10)));
                System.out.printf("%s: %s%n", image, words(prediction.result()));
            }
        }
    }

    private static String words(PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult(var classification, var _) ->
                "%s, confidence %.3f"
                        .formatted(
                                classification.best().label(),
                                classification.best().confidence());
            case PredictionResult.MultiLabelResult labels -> labels.applying().toString();
            case PredictionResult.MultiTaskResult tasks -> tasks.best().toString();
            case PredictionResult.ObjectResult objects -> objects.decoded().toString();
            case PredictionResult.EmbeddingResult embedding -> embedding.values().length + " values";
            case PredictionResult.TensorResult tensors -> tensors.tensors().toString();
        };
    }
}
