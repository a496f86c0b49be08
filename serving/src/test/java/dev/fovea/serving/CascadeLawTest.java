package dev.fovea.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.serving.routing.Declarations;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.serving.routing.RoutedResponse;
import dev.fovea.serving.routing.Router;
import dev.fovea.serving.routing.RoutingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever the image and the threshold: the small model's answer stands exactly when it is sure enough. */
class CascadeLawTest {

    private static @Nullable Path directory;
    private static @Nullable Shop shop;

    @BeforeContainer
    static void open() throws IOException {
        directory = Files.createTempDirectory("cascade");
        shop = new Shop(directory);
        shop.registry.promote("small", shop.register("small", 0), "tester", "");
        shop.registry.promote("large", shop.register("large", 5), "tester", "");
    }

    @AfterContainer
    static void close() throws IOException {
        shop.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 200)
    void shouldHandOnExactlyWhatIsLessSureThanTheThreshold(
            @ForAll @IntRange(max = 255) int red,
            @ForAll @IntRange(max = 255) int green,
            @ForAll @DoubleRange(max = 1.2) double threshold) {
        byte[] image = Shop.png(red, green, 0);
        double sure = ask("small", image).prediction().classification().best().confidence();
        new Declarations(shop.registry, shop, Map.of(), InstantSource.system())
                .cascade(
                        "small",
                        new ModelRef.Local("large"),
                        threshold,
                        Optional.empty(),
                        new Declarations.Author("tester", ""));
        shop.predictor.models().follow("small");
        RoutingListener nobody = new RoutingListener() {
            @Override
            public void cascaded(String model, Cascade cascade, Escalation escalation) {}

            @Override
            public void fellBack(String model, ErrorCode reason) {}
        };
        RoutedResponse reply = new Router(
                        shop.predictor,
                        new RemoteInference(new Remotes(List.of()), new Decoder(ImageLimits.DEFAULT)),
                        nobody)
                .route(request("small", image));
        VersionId expected = new VersionId(sure < threshold ? "large" : "small", 1);
        assertThat(reply.prediction())
                .isInstanceOfSatisfying(
                        ServedPrediction.class,
                        given -> assertThat(given.version()).isEqualTo(expected));
    }

    private static ServedPrediction ask(String model, byte[] image) {
        return shop.predictor.predict(request(model, image));
    }

    private static PredictionRequest request(String model, byte[] image) {
        return new PredictionRequest(
                new PredictionTarget(model, Optional.empty(), Optional.empty()),
                image,
                Deadline.in(Duration.ofSeconds(30)));
    }
}
