package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Red and blue squares on grey, learned by a network of few layers with random weights. */
class DetectorTrainerTest {

    @TempDir
    private Path directory;

    @Test
    void shouldLearnToFindSquaresAndTellTheirColours() throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        OnnxModel learned = train("120", events);
        TrainingEvent.Finished end = (TrainingEvent.Finished) events.getLast();
        // It was 0.25 when this was written; before the first step it is 0.
        assertThat(end.validationAccuracy()).isGreaterThan(0.1);
        assertThat(end.steps()).isEqualTo("120");
        assertThat(learned.outputs().getFirst().name()).isEqualTo(DetectorForm.OUTPUT);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeedAndSteps() throws IOException {
        assertThat(train("3", new ArrayList<>()).bytes())
                .isEqualTo(train("3", new ArrayList<>()).bytes());
    }

    @Test
    void shouldPassARequestOnAsItIs() throws IOException {
        DetectorTrainingRequest request = request("6");
        DetectorTrainingJson json = new DetectorTrainingJson();
        assertThat(json.request(json.request(request))).isEqualTo(request);
    }

    @Test
    void shouldRefuseANetworkOfOtherClasses() throws IOException {
        DetectorTrainer trainer = new DetectorTrainer(request("6"), _ -> {});
        assertThatThrownBy(() -> trainer.train(DrawnSquares.network(3)))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("84 cells of 2 classes");
    }

    private OnnxModel train(String steps, List<TrainingEvent> events) throws IOException {
        return new DetectorTrainer(request(steps), events::add).train(DrawnSquares.network(2));
    }

    private DetectorTrainingRequest request(String steps) throws IOException {
        return DrawnSquares.request(directory, "unused.onnx", steps);
    }
}
