package dev.fovea.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutedResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionRowsTest {

    private static final Instant TIME = Instant.parse("2026-11-30T08:00:00.123456Z");

    private final PredictionRows rows = new PredictionRows(version -> "contract of " + version);

    private List<LoggedPrediction> rows(RoutedResponse response) {
        return rows.of(RequestDetails.of("r1"), TIME, response);
    }

    @Test
    void shouldHaveOneRowForAModelsOwnResponse() {
        LoggedPrediction row = rows(Responses.response(0, 2)).getFirst();

        assertThat(row.version()).isEqualTo(new VersionId("shirts", 3));
        assertThat(row.contract()).isEqualTo("contract of shirts:3");
        assertThat(row.routing())
                .isEqualTo(new LoggedRouting(
                        "shirts",
                        LoggedRouting.Role.REQUESTED,
                        LoggedRouting.CacheResult.MISS,
                        Optional.empty(),
                        Optional.empty()));
        // softmax of (0, 2): 0.8808 and 0.1192; entropy 0.3653 nats
        assertThat(row.output().best().orElseThrow().label()).isEqualTo("striped");
        assertThat(row.output().best().orElseThrow().score()).isCloseTo(0.8808f, within(1e-4f));
        assertThat(((PredictedOutput.TopLabels) row.output()).entropy()).isCloseTo(0.3653f, within(1e-4f));
        assertThat(((PredictedOutput.TopLabels) row.output()).margin()).isCloseTo(0.7616f, within(1e-4f));
    }

    @Test
    void shouldHaveARowForEachVersionOfAnEscalation() {
        ServedPrediction large = Responses.served("large", 0, 9);
        List<LoggedPrediction> both = rows(new RoutedResponse(
                "shirts",
                Optional.of(Responses.served("shirts", 0, 1)),
                large,
                new Escalation.Escalated(true),
                Optional.empty(),
                40));

        assertThat(both).extracting(row -> row.version().model()).containsExactly("shirts", "large");
        assertThat(both.getFirst().routing().escalated()).isTrue();
        assertThat(both.getFirst().routing().servedBy()).contains("large:3");
        assertThat(both.getLast().routing().role()).isEqualTo(LoggedRouting.Role.CASCADE);
        assertThat(both.getLast().routing().served()).isTrue();
    }

    @Test
    void shouldSayWhyAnEscalationFailed() {
        ServedPrediction own = Responses.served("shirts", 0, 1);
        LoggedPrediction row = rows(new RoutedResponse(
                        "shirts",
                        Optional.of(own),
                        own,
                        new Escalation.EscalationFailed(ErrorCode.DEADLINE_EXCEEDED),
                        Optional.empty(),
                        40))
                .getFirst();

        assertThat(row.routing().served()).isTrue();
        assertThat(row.routing().error()).contains(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void shouldHaveARowWithoutVersionForADefaultResponse() {
        List<LoggedPrediction> only = rows(new RoutedResponse(
                "shirts",
                Optional.empty(),
                new RoutedPrediction.DefaultLabel("unknown", Responses.HEADER),
                new Escalation.NotEscalated(),
                Optional.of(ErrorCode.INFERENCE_FAILED),
                40));

        assertThat(only).singleElement().satisfies(row -> {
            assertThat(row.hasVersion()).isFalse();
            assertThat(row.routing().role()).isEqualTo(LoggedRouting.Role.FALLBACK);
            assertThat(row.routing().error()).contains(ErrorCode.INFERENCE_FAILED);
            assertThat(row.output().best().orElseThrow().label()).isEqualTo("unknown");
        });
    }

    @Test
    void shouldKeepBoxesAsSharesOfTheUprightImage() {
        ImageHeader turned = new ImageHeader(ImageFormat.JPEG, 200, 400, 6);
        Detection thing = new Detection(0, 0.5, new Box(40, 20, 240, 120), Optional.empty());

        PredictedOutput output = PredictionRows.output(
                new PredictionResult.ObjectResult(
                        new Decoded.Detections(Collections.nCopies(120, thing)), List.of("thing")),
                turned);

        assertThat(output).isInstanceOfSatisfying(PredictedOutput.FoundObjects.class, objects -> {
            assertThat(objects.count()).isEqualTo(120);
            assertThat(objects.boxes()).hasSize(100);
            assertThat(objects.boxes().getFirst()).isEqualTo(new LoggedBox("thing", 0.5f, 0.1f, 0.1f, 0.5f, 0.5f));
            assertThat(objects.task()).isEqualTo(Task.DETECTION);
        });
    }
}
