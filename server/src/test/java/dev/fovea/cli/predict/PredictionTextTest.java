package dev.fovea.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.api.view.ObjectView;
import dev.fovea.api.view.ObjectView.BoxView;
import dev.fovea.api.view.ObjectView.MaskView;
import dev.fovea.api.view.PredictionView;
import dev.fovea.api.view.PredictionView.RankedView;
import dev.fovea.api.view.PredictionView.TimingsView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionTextTest {

    private static final ObjectView DOG = new ObjectView(
            Optional.of("dog"), Optional.of(0.92), new BoxView(1, 2, 30.4, 40), Optional.empty(), List.of());

    @Test
    void shouldGiveEachObjectARow() {
        assertThat(text("detection", List.of(), List.of(DOG, DOG), List.of())).isEqualTo("""
                        IMAGE  LABEL  CONFIDENCE  BOX             TIME
                        a.jpg  dog         0.920  1,2 – 30,40  12.3 ms
                               dog         0.920  1,2 – 30,40""");
    }

    @Test
    void shouldSayWhenNothingWasFoundOrApplies() {
        assertThat(text("detection", List.of(), List.of(), List.of())).contains("a.jpg", "nothing found");
        assertThat(text("multi-label", List.of(), List.of(), List.of())).contains("a.jpg", "none applies");
    }

    @Test
    void shouldShowWhatOtherTasksAnswer() {
        ObjectView floor = new ObjectView(
                Optional.of("floor"),
                Optional.empty(),
                new BoxView(0, 0, 10, 10),
                Optional.of(new MaskView(List.of(10, 20), "", 50)),
                List.of());
        assertThat(text("segmentation", List.of(), List.of(floor), List.of())).contains("AREA", "floor", "25.0 %");
        assertThat(text("embedding", List.of(), List.of(), List.of(0.5f, 1f, 2f, 3f, 4f)))
                .contains("LENGTH", "5", "0.5000 1.0000 2.0000 3.0000 …");
        assertThat(text("multi-label", List.of(new RankedView("wet", 0.7)), List.of(), List.of()))
                .contains("wet", "0.700");
    }

    @Test
    void shouldShowTheErrorOfAnImageBesideTheAnswers() {
        PredictCommand.Row failed = new PredictCommand.Row(
                "b.jpg", Optional.empty(), Optional.of("IMAGE_CORRUPT"), Optional.of("It is cut short."));
        assertThat(PredictionText.of(List.of(row("detection", List.of(), List.of(DOG), List.of()), failed)))
                .contains("b.jpg", "IMAGE_CORRUPT");
    }

    private static String text(String task, List<RankedView> top, List<ObjectView> objects, List<Float> embedding) {
        return PredictionText.of(List.of(row(task, top, objects, embedding)));
    }

    private static PredictCommand.Row row(
            String task, List<RankedView> top, List<ObjectView> objects, List<Float> embedding) {
        PredictionView view = new PredictionView(
                "m",
                Optional.of(1),
                new PredictionView.Routing("m:1", false, Optional.empty(), false, Optional.empty()),
                new PredictionView.Content(
                        task, Optional.empty(), Optional.empty(), top, objects, embedding, Optional.empty(), Map.of()),
                new PredictionView.CacheView(false, Optional.empty()),
                new PredictionView.LatencyView(12.345, new TimingsView(0, 0, 0, 0, 0)),
                "r",
                Instant.EPOCH);
        return new PredictCommand.Row("a.jpg", Optional.of(view), Optional.empty(), Optional.empty());
    }
}
