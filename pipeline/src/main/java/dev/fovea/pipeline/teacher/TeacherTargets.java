package dev.fovea.pipeline.teacher;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.evaluation.LearnedImages;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Softmax;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.training.DistillationSettings;
import dev.fovea.training.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What teachers predict for the images that a student learns from, by the hash of the image: the mean of the calibrated
 * probabilities of those that have the image's class.
 */
public final class TeacherTargets {

    private final Map<String, Map<Integer, Double>> predictions;
    private final List<TeacherScore> scores;

    private TeacherTargets(Map<String, Map<Integer, Double>> predictions, List<TeacherScore> scores) {
        this.predictions = Map.copyOf(predictions);
        this.scores = List.copyOf(scores);
    }

    /** Those of a training without a teacher. */
    public static TeacherTargets none() {
        return new TeacherTargets(Map.of(), List.of());
    }

    /**
     * Has the teachers predict.
     *
     * @param dataset of the student
     * @param images training and validation images
     * @param progress images that are predicted, and of how many
     * @param notes what a person should know, as sentences
     * @throws FoveaException {@code LABELS_MISMATCH} for a teacher of other classes, {@code CANCELLED}
     */
    public static TeacherTargets of(
            JobTools tools,
            DistillationSettings settings,
            DatasetVersion dataset,
            List<LabelledFile> images,
            BiConsumer<Integer, Integer> progress,
            Consumer<String> notes) {
        Map<String, List<Map<Integer, Double>>> all = new HashMap<>();
        List<TeacherScore> scores = new ArrayList<>();
        int total = images.size() * settings.teachers().size();
        for (String reference : settings.teachers()) {
            Teacher teacher = Teacher.of(tools, reference);
            TeacherClasses classes = TeacherClasses.of(teacher.name(), teacher.labels(), dataset.labels());
            int before = images.size() * scores.size();
            Map<String, double[]> predicted = teacher.predictions(tools, images, done -> {
                if (Thread.currentThread().isInterrupted()) {
                    throw new FoveaException(ErrorCode.CANCELLED, "The training was cancelled.");
                }
                progress.accept(before + done, total);
            });
            int taught = 0;
            for (LabelledFile image : images) {
                Optional<Map<Integer, Double>> distribution = Optional.ofNullable(predicted.get(image.contentHash()))
                        .flatMap(each ->
                                classes.distribution(each, image.sample().label()));
                distribution.ifPresent(each -> all.computeIfAbsent(image.contentHash(), _ -> new ArrayList<>())
                        .add(each));
                taught += distribution.isPresent() ? 1 : 0;
            }
            TeacherScore score = score(tools, teacher, classes, dataset, predicted, taught);
            scores.add(score);
            notes.accept(sentence(score, classes));
        }
        Map<String, Map<Integer, Double>> means = new HashMap<>();
        all.forEach((hash, distributions) -> means.put(hash, TeacherClasses.mean(distributions)));
        return new TeacherTargets(means, scores);
    }

    private static String sentence(TeacherScore score, TeacherClasses classes) {
        String unknown = classes.unknown().isEmpty()
                ? ""
                : " It does not have %s, whose images are learned from by their labels alone."
                        .formatted(String.join(", ", classes.unknown()));
        String others =
                classes.others() == 0 ? "" : " Its other classes, %,d, are left out.".formatted(classes.others());
        return "The teacher " + score.sentence() + unknown + others;
    }

    private static TeacherScore score(
            JobTools tools,
            Teacher teacher,
            TeacherClasses classes,
            DatasetVersion dataset,
            Map<String, double[]> predicted,
            int taught) {
        Optional<Set<String>> learned = LearnedImages.of(teacher.version(), tools.datasets());
        int right = 0;
        int judged = 0;
        boolean isUnseen = learned.isPresent();
        for (DatasetVersion.Item item : dataset.on(Split.VALIDATION)) {
            int output = classes.indices().get(dataset.labels().indexOf(item.label()));
            double[] probabilities = predicted.get(item.contentHash());
            if (output >= 0 && probabilities != null) {
                judged++;
                right += Softmax.argMax(probabilities) == output ? 1 : 0;
                isUnseen &= !learned.orElse(Set.of()).contains(item.contentHash());
            }
        }
        Optional<Interval> accuracy = judged == 0 ? Optional.empty() : Optional.of(WilsonInterval.of(right, judged));
        long tested = dataset.on(Split.TEST).stream()
                .filter(item -> learned.orElse(Set.of()).contains(item.contentHash()))
                .count();
        return new TeacherScore(teacher.name(), taught, accuracy, isUnseen, tested);
    }

    /** What each teacher is worth. */
    public List<TeacherScore> scores() {
        return scores;
    }

    /** An image with what the teachers predict for it, if they do. */
    public Sample taught(Sample sample, String contentHash) {
        Map<Integer, Double> predicted = predictions.get(contentHash);
        return predicted == null ? sample : sample.withTaught(predicted);
    }
}
