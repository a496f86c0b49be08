package dev.fovea.traffic;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.CacheUse;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.routing.RoutedResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests and responses of tests. */
final class Responses {

    static final ImageHeader HEADER = new ImageHeader(ImageFormat.JPEG, 400, 200, 1);

    private Responses() {}

    static PredictionRequest request(String id) {
        return request(RequestDetails.of(id), new byte[] {1, 2, 3});
    }

    static PredictionRequest request(RequestDetails details, byte[] image) {
        return new PredictionRequest(
                new PredictionTarget("shirts", Optional.empty(), Optional.empty()),
                image,
                Priority.NORMAL,
                Deadline.in(Duration.ofSeconds(10)),
                CacheUse.DEFAULT,
                details);
    }

    static ServedPrediction served(String model, float... logits) {
        return served(
                model, new PredictionResult.LabelResult(new Classification(List.of("plain", "striped"), logits, 1)));
    }

    static ServedPrediction served(String model, PredictionResult result) {
        return new ServedPrediction(
                new VersionId(model, 3),
                new Prediction(result, HEADER, new Timings(1, 2, 3, 4, 5), ImageObservation.NONE),
                20,
                new CacheStatus.Inferred(true));
    }

    static RoutedResponse response(float... logits) {
        return RoutedResponse.of(served("shirts", logits), 25);
    }
}
