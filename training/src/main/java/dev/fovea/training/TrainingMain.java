package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.memory.MemoryNeed;
import dev.fovea.training.memory.OutOfMemoryVictim;
import dev.fovea.training.memory.ResidentMemory;
import dev.fovea.training.resume.StateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The main class of a training process. Reads a request file, trains, writes the model, and prints one JSON event per
 * line to standard output. The process ends at the end of its standard input, when its parent is gone.
 *
 * <p>Exit codes: 0 success, 1 failure (reported as an event), 3 abandoned.
 */
public final class TrainingMain {

    private TrainingMain() {}

    /** What a training process does once it has read its request. */
    public interface ChildLearning {

        /** Learns, and reports to the listener. */
        OnnxModel learn(Consumer<TrainingEvent> listener);

        /** Where the model is written. */
        Path output();

        /** Called once the model is written. */
        default void written() {
            // most have nothing left to do
        }
    }

    /** Takes the path of one request file, and of a file for the state of the training, from which it goes on. */
    public static void main(String[] arguments) {
        run(() -> {
            TrainingRequest request = new TrainingJson().request(Files.readString(Path.of(arguments[0])));
            OnnxModel initial = OnnxModel.read(request.initialModel());
            Optional<StateFile> state = arguments.length < 2
                    ? Optional.empty()
                    : Optional.of(new StateFile(Path.of(arguments[1]), new TrainingJson().key(request, initial)));
            return new ChildLearning() {
                @Override
                public OnnxModel learn(Consumer<TrainingEvent> listener) {
                    return new Trainer(request, listener, state).train(initial);
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

    /** Does the work of a training process from its first line to its end, and ends the process. */
    public static void run(Callable<ChildLearning> work) {
        PrintStream events = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Libraries may print; only events belong to the standard output.
        System.setOut(System.err);
        TrainingJson json = new TrainingJson();
        OutOfMemoryVictim.volunteer();
        Thread.ofPlatform().daemon().name("parent-watch").start(TrainingMain::endWithParent);
        int status = 0;
        try {
            ChildLearning learning = work.call();
            // Report the end only after the model is on disk.
            TrainingEvent[] finished = new TrainingEvent[1];
            OnnxModel learned = learning.learn(event -> {
                if (event instanceof TrainingEvent.Finished) {
                    finished[0] = event;
                } else {
                    events.println(json.event(event));
                }
            });
            write(learned, learning.output());
            learning.written();
            ResidentMemory.peak().ifPresent(bytes -> events.println(json.event(new TrainingEvent.MemoryUsed(bytes))));
            events.println(json.event(finished[0]));
        } catch (FoveaException e) {
            e.printStackTrace();
            events.println(json.event(new TrainingEvent.TrainingFailed(e.code(), e.getMessage())));
            status = 1;
        } catch (Exception e) {
            e.printStackTrace();
            if (isMemory(e)) {
                e = MemoryNeed.exhausted("The engine could not allocate a tensor");
            }
            events.println(json.event(new TrainingEvent.TrainingFailed(
                    e instanceof FoveaException known ? known.code() : ErrorCode.TRAINING_FAILED,
                    e instanceof FoveaException known
                            ? known.getMessage()
                            : "Training stopped on a fault of its own: %s.".formatted(e))));
            status = 1;
        }
        events.flush();
        // The engine's threads would keep the process alive.
        Runtime.getRuntime().halt(status);
    }

    /** What the engine's allocators say. */
    private static boolean isMemory(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("not enough memory")
                || message.contains("can't allocate memory")
                || message.contains("std::bad_alloc");
    }

    private static void write(OnnxModel model, Path output) {
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try {
            Files.write(part, model.bytes());
            Files.move(part, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The trained model could not be written to %s (%s). Check the space and rights there."
                            .formatted(output, e.getMessage()),
                    e);
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is sent; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe means the same.
        }
        Runtime.getRuntime().halt(3);
    }
}
