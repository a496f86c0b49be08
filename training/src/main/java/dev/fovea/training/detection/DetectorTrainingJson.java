package dev.fovea.training.detection;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.json.Json;
import dev.fovea.model.Sha256;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The request of a training process as a file. */
final class DetectorTrainingJson {

    /** The request with its contract as that is written everywhere. */
    private record DetectorTrainingDocument(
            Path initialModel,
            Path output,
            JsonNode contract,
            List<String> labels,
            List<ImageDocument> training,
            List<ImageDocument> validation,
            DetectorSettings settings) {}

    /** An image, with the size that its boxes refer to. */
    private record ImageDocument(
            Path image, int width, int height, List<ObjectDocument> boxes, List<ObjectDocument> ignored) {

        static ImageDocument of(LabelledBoxes image) {
            return new ImageDocument(
                    image.image(),
                    image.size().width(),
                    image.size().height(),
                    image.boxes().stream()
                            .map(box -> ObjectDocument.of(box.label(), box.box(), false))
                            .toList(),
                    image.ignored().stream()
                            .map(region -> ObjectDocument.of(region.label(), region.box(), region.crowd()))
                            .toList());
        }

        LabelledBoxes image(ImageSize size) {
            return new LabelledBoxes(
                    image,
                    size,
                    boxes.stream()
                            .map(object -> new LabelledBox(object.label(), object.box()))
                            .toList(),
                    ignored.stream()
                            .map(object -> new IgnoredRegion(object.label(), object.box(), object.crowd()))
                            .toList());
        }
    }

    private record ObjectDocument(int label, float x1, float y1, float x2, float y2, boolean crowd) {

        static ObjectDocument of(int label, Box box, boolean crowd) {
            return new ObjectDocument(label, box.x1(), box.y1(), box.x2(), box.y2(), crowd);
        }

        Box box() {
            return new Box(x1, y1, x2, y2);
        }
    }

    private static List<ImageDocument> documents(List<LabelledBoxes> images) {
        return images.stream().map(ImageDocument::of).toList();
    }

    private static List<LabelledBoxes> images(List<ImageDocument> documents) {
        return documents.stream()
                .map(each -> each.image(new ImageSize(each.width(), each.height())))
                .toList();
    }

    private final Json requests = Json.of("request", ErrorCode.ARGUMENT_INVALID);

    String request(DetectorTrainingRequest request) {
        return requests.write(new DetectorTrainingDocument(
                request.initialModel(),
                request.output(),
                PreprocessingContractJson.tree(request.contract()),
                request.labels(),
                documents(request.training()),
                documents(request.validation()),
                request.settings()));
    }

    /** What the result depends on, but for the time: equal for the same images, boxes, network and settings. */
    String key(DetectorTrainingRequest request, OnnxModel initial) {
        String text = requests.write(new DetectorTrainingDocument(
                Path.of(""),
                Path.of(""),
                PreprocessingContractJson.tree(request.contract()),
                request.labels(),
                named(request.training()),
                named(request.validation()),
                request.settings().withTimeBudget(Duration.ofDays(1))));
        return Sha256.of(initial.bytes()) + "-" + Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Images of a data set lie in a folder of their own for each training. */
    private static List<ImageDocument> named(List<LabelledBoxes> images) {
        return documents(images).stream()
                .map(each -> new ImageDocument(
                        each.image().getFileName(), each.width(), each.height(), each.boxes(), each.ignored()))
                .toList();
    }

    DetectorTrainingRequest request(String text) {
        DetectorTrainingDocument document = requests.read(text, DetectorTrainingDocument.class);
        return new DetectorTrainingRequest(
                document.initialModel(),
                document.output(),
                PreprocessingContractJson.read(document.contract()),
                document.labels(),
                images(document.training()),
                images(document.validation()),
                document.settings());
    }
}
