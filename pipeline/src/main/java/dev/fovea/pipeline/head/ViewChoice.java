package dev.fovea.pipeline.head;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.pipeline.head.HeadFit.CrossValidation;
import dev.fovea.pipeline.head.HeadFit.Examples;
import dev.fovea.statistics.linear.ClassTargets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How images are brought to the backbone's size, chosen by cross-validation. Squashed images are the default; the
 * backbone's own way is taken where its log loss is lower by more than {@value #ERRORS} standard errors of the
 * difference.
 *
 * @param view the choice
 * @param sentence the reason
 */
record ViewChoice(InputView view, String sentence) {

    /** So many standard errors of the difference: about 95 % of confidence. */
    private static final double ERRORS = 2;

    /** Features of the same images in a view. */
    interface Viewed {
        Examples in(InputView view);
    }

    /** The same of several tasks, in the same order for every view. */
    interface TasksViewed {
        List<TaskExamples> in(InputView view);
    }

    /**
     * The examples of one task.
     *
     * @param images the number of the image of each row, from 0, the same for all tasks
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record TaskExamples(Examples examples, int[] images) {}

    /** The choice for a contract; images are looked at only where the views differ. */
    static ViewChoice of(PreprocessingContract contract, Viewed images, long seed) {
        return ofTasks(contract, view -> List.of(alone(images.in(view))), seed);
    }

    private static TaskExamples alone(Examples examples) {
        int[] rows = new int[examples.targets().rows()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        return new TaskExamples(examples, rows);
    }

    /** The choice for several tasks at once: an image's loss is the sum over the tasks that it has a label of. */
    static ViewChoice ofTasks(PreprocessingContract contract, TasksViewed images, long seed) {
        if (InputView.SQUASHED.of(contract).equals(contract)) {
            return new ViewChoice(
                    InputView.AS_CONTRACT,
                    "Images are %s, as the backbone's contract says.".formatted(InputView.SQUASHED.words(contract)));
        }
        double[] whole = losses(images.in(InputView.SQUASHED), seed);
        double[] cut = losses(images.in(InputView.AS_CONTRACT), seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < whole.length; i++) {
            double gain = whole[i] - cut[i];
            sum += gain;
            squares += gain * gain;
        }
        int n = whole.length;
        double gain = sum / n;
        double error = n < 2 ? 0 : Math.sqrt(Math.max(0, squares / n - gain * gain) / (n - 1));
        InputView view = gain > ERRORS * error ? InputView.AS_CONTRACT : InputView.SQUASHED;
        return new ViewChoice(
                view,
                String.format(
                        Locale.ROOT,
                        "Images are %s: in cross-validation of %d images the log loss is %.3f squashed and %.3f by the backbone's contract (difference %.3f, standard error %.3f).",
                        view.words(contract),
                        n,
                        mean(whole),
                        mean(cut),
                        gain,
                        error));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] losses(List<TaskExamples> tasks, long seed) {
        int images = tasks.stream()
                .flatMapToInt(task -> IntStream.of(task.images()))
                .max()
                .orElse(-1);
        double[] sums = new double[images + 1];
        for (TaskExamples task : tasks) {
            double[] losses = losses(task.examples(), seed);
            for (int row = 0; row < losses.length; row++) {
                sums[task.images()[row]] += losses[row];
            }
        }
        return sums;
    }

    /** The log loss of each image out of fold. */
    private static double[] losses(Examples examples, long seed) {
        double[][] probabilities =
                CrossValidation.of(examples, seed).predictions().probabilities();
        ClassTargets targets = examples.targets();
        double[] losses = new double[targets.rows()];
        for (int row = 0; row < losses.length; row++) {
            for (int k = 0; k < targets.classes(); k++) {
                losses[row] -= targets.weight(row, k) * Math.log(Math.max(1e-15, probabilities[row][k]));
            }
        }
        return losses;
    }
}
