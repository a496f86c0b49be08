package dev.fovea.pipeline;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.evaluation.DetectionReport;
import dev.fovea.evaluation.PictureDetections;
import dev.fovea.evaluation.Progress;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.Gate;
import dev.fovea.quantize.Judgement;
import dev.fovea.runtime.Deadline;
import dev.fovea.runtime.Decoded;
import dev.fovea.runtime.Detection;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.PictureRequest;
import dev.fovea.runtime.Result;
import dev.fovea.runtime.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For detectors: whether a candidate finds what the original finds, as average precision with that as the truth. */
final class DetectionExam implements Exam {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final List<Path> pictures;
    private final Gate gate;
    private final Progress progress;
    private final List<List<Detection>> expected;

    DetectionExam(Workshop workshop, List<Path> pictures, Gate gate, Bundle original, Progress progress) {
        this.workshop = workshop;
        this.pictures = pictures;
        this.gate = gate;
        this.progress = progress;
        this.expected = found(original);
        if (expected.stream().allMatch(List::isEmpty)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The model finds nothing in any of the %d pictures held out. Give pictures like those to come."
                            .formatted(pictures.size()));
        }
    }

    @Override
    public Judgement judge(Bundle candidate) {
        List<List<Detection>> found = found(candidate);
        List<PictureDetections> pairs = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            pairs.add(new PictureDetections(
                    expected.get(i).stream()
                            .map(detection -> new LabelledBox(detection.label(), detection.box()))
                            .toList(),
                    found.get(i)));
        }
        return gate.detections(DetectionReport.of(pairs, candidate.manifest().labels()));
    }

    @Override
    public Optional<ClassificationReport> report(Bundle candidate) {
        return Optional.empty();
    }

    private List<List<Detection>> found(Bundle bundle) {
        try (LoadedModel model = LoadedModel.load(
                workshop.engine(), bundle, RuntimeSettings.forThisMachine(), workshop.workers(), () -> {})) {
            List<List<Detection>> found = new ArrayList<>();
            for (Path picture : pictures) {
                found.add(detections(model, Draft.read(picture)));
                progress.at(found.size(), pictures.size());
            }
            return found;
        }
    }

    private static List<Detection> detections(LoadedModel model, byte[] picture) {
        Result result =
                model.predict(new PictureRequest(picture, Deadline.in(LIMIT))).result();
        return result instanceof Result.Objects(Decoded.Detections(List<Detection> detections), var _)
                ? detections
                : List.of();
    }
}
