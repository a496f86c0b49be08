package dev.fovea.pipeline.resume;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Sha256;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.TrainingProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the child process of a training, which writes down where it stands. If the child is killed, another one goes on
 * from there. If this process is killed, the next training of the same images, network and settings does.
 *
 * @param key of the images, the network and the settings
 * @param events receives what the child reports
 * @param notes receives sentences for people
 */
public record ResumedTraining(JobTools tools, String key, Consumer<TrainingEvent> events, Consumer<String> notes) {

    /** A child that dies so often dies of something that will not go away. */
    private static final int RESTARTS = 3;

    private static final Duration KEPT = Duration.ofDays(7);

    /** Trains; the errors of {@link TrainingProcess#await}, and {@code CANCELLED}. */
    public TrainingEvent.Finished run(TrainingProcess.ChildWork work, ScratchDirectory directory) {
        Path state = file();
        removeOld(tools.trainingStates());
        if (Files.exists(state)) {
            notes.accept("An interrupted training of the same images, network and settings is continued.");
        }
        for (int restart = 0; ; restart++) {
            Optional<FileTime> before = modified(state);
            try (TrainingProcess process = TrainingProcess.start(
                    work.resumedFrom(state), directory.resolve("process"), tools.engineCache(), events)) {
                try {
                    return process.await();
                } catch (FoveaException e) {
                    boolean wentOn =
                            modified(state).isPresent() && !modified(state).equals(before);
                    if (!process.isDead() || !wentOn || restart == RESTARTS) {
                        throw e;
                    }
                    notes.accept("The training process was killed; another one continues where it stood.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FoveaException(ErrorCode.CANCELLED, "Training was cancelled.", e);
            }
        }
    }

    private Path file() {
        return tools.trainingStates().resolve(Sha256.of(key.getBytes(StandardCharsets.UTF_8)) + ".state");
    }

    private static Optional<FileTime> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** States that nobody came back for, and files that a kill left half written. */
    private static void removeOld(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime oldest = FileTime.from(Instant.now().minus(KEPT));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> old = files.filter(file -> modified(file)
                            .filter(time -> time.compareTo(oldest) < 0)
                            .isPresent())
                    .toList();
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // another process removes them
        }
    }
}
