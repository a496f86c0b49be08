package dev.fovea.pipeline.multitask;

import dev.fovea.pipeline.head.HeadTraining.HeadProgress;
import dev.fovea.pipeline.queue.JobProgress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hears how far a training has come.
 *
 * @param progress of the job
 * @param notes what a person should know, in sentences
 */
public record MultiTaskListener(JobProgress progress, Consumer<String> notes) {

    void at(String step, int done, int of, String detail) {
        progress.at(step, (double) done / Math.max(1, of), Optional.empty(), detail);
    }

    void note(String sentence) {
        notes.accept(sentence);
    }

    /** For the fitting of heads. */
    HeadProgress heads() {
        return new HeadProgress() {
            @Override
            public void at(double fraction, String detail) {
                progress.at("train", fraction, Optional.empty(), detail);
            }

            @Override
            public void note(String sentence) {
                notes.accept(sentence);
            }
        };
    }
}
