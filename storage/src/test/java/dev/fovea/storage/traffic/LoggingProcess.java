package dev.fovea.storage.traffic;

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
import dev.fovea.storage.Home;
import dev.fovea.traffic.PredictionStream;
import dev.fovea.traffic.StreamedPrediction;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.TrafficSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Offers a response every millisecond until it is killed, and says each with the milliseconds since the start. */
final class LoggingProcess {

    private LoggingProcess() {}

    public static void main(String[] arguments) {
        Home home = Home.open(Path.of(arguments[0]), "0.1.0");
        TrafficLog log = home.production()
                .traffic()
                .write(TrafficSettings.DEFAULT, home.production().leases(), InstantSource.system());
        PredictionStream stream = PredictionStream.start(version -> "", InstantSource.system());
        stream.subscribe(
                "The prediction log",
                model -> false,
                batch -> log.append(batch.stream().map(StreamedPrediction::row).toList()));
        long start = System.nanoTime();
        AtomicInteger offered = new AtomicInteger();
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(
                        () -> {
                            String id = "r" + offered.getAndIncrement();
                            stream.offer(request(id), response());
                            System.out.println(id + " " + (System.nanoTime() - start) / 1_000_000);
                            System.out.flush();
                        },
                        0,
                        1,
                        TimeUnit.MILLISECONDS);
    }

    private static PredictionRequest request(String id) {
        return new PredictionRequest(
                new PredictionTarget("shirts", Optional.empty(), Optional.empty()),
                new byte[0],
                Priority.NORMAL,
                Deadline.in(Duration.ofSeconds(10)),
                CacheUse.DEFAULT,
                RequestDetails.of(id));
    }

    private static RoutedResponse response() {
        return RoutedResponse.of(
                new ServedPrediction(
                        new VersionId("shirts", 1),
                        new Prediction(
                                new PredictionResult.LabelResult(
                                        new Classification(List.of("plain", "striped"), new float[] {0, 1}, 1)),
                                new ImageHeader(ImageFormat.PNG, 10, 10, 1),
                                Timings.NONE,
                                ImageObservation.NONE),
                        20,
                        new CacheStatus.Inferred(false)),
                25);
    }
}
