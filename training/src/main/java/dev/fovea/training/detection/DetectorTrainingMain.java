package dev.fovea.training.detection;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.TrainingMain;
import dev.fovea.training.resume.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The main class of a process that trains a detector; otherwise as {@link TrainingMain}. */
public final class DetectorTrainingMain {

    private DetectorTrainingMain() {}

    /** Takes the path of one request file, and of a file for the state of the training, from which it goes on. */
    public static void main(String[] arguments) {
        TrainingMain.run(() -> {
            DetectorTrainingRequest request =
                    new DetectorTrainingJson().request(Files.readString(Path.of(arguments[0])));
            OnnxModel initial = OnnxModel.read(request.initialModel());
            Optional<StateFile> state = arguments.length < 2
                    ? Optional.empty()
                    : Optional.of(
                            new StateFile(Path.of(arguments[1]), new DetectorTrainingJson().key(request, initial)));
            return new TrainingMain.ChildLearning() {
                @Override
                public OnnxModel learn(Consumer<TrainingEvent> listener) {
                    return new DetectorTrainer(request, listener, state).train(initial);
                }

                @Override
                public Path output() {
                    return request.output();
                }

                @Override
                public void written() {
                    state.ifPresent(StateFile::delete);
                }
            };
        });
    }
}
