package dev.fovea.pipeline.search.missed;

import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneSize;
import dev.fovea.pipeline.diagnosis.Diagnosis;
import dev.fovea.pipeline.diagnosis.DiagnosisOrder;
import dev.fovea.pipeline.diagnosis.ModelDiagnosis;
import dev.fovea.pipeline.head.CutBackbone;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.head.StudiedFeatures;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.pipeline.search.SearchCandidate;
import dev.fovea.pipeline.search.SearchImages;
import dev.fovea.pipeline.search.SearchOutcome.MissedBar;
import dev.fovea.pipeline.search.SearchSpec;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.linear.ClassTargets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Why the best candidate with a head does not clear the quality that it misses by most. Its features are those that the
 * search has computed: they are read from the cache.
 */
public final class MissedBarDiagnosis {

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages images;

    public MissedBarDiagnosis(JobTools tools, SearchSpec spec, SearchImages images) {
        this.tools = tools;
        this.spec = spec;
        this.images = images;
    }

    /**
     * Diagnoses.
     *
     * @param time where all images would take longer, a part of them is studied
     * @param ceiling the accuracy that annotators' agreement allows, where several people labelled the same images
     */
    public Diagnosis of(
            MissedBar missed, Duration time, Optional<Interval> ceiling, HeadTraining.HeadProgress progress) {
        SearchCandidate candidate = missed.candidate();
        Backbone backbone = spec.backbones().stream()
                .filter(one -> one.name().equals(candidate.backbone()))
                .findFirst()
                .orElseThrow();
        return new ModelDiagnosis(tools)
                .within(
                        new DiagnosisOrder(
                                BackboneSize.at(backbone, candidate.edge()),
                                images.labels(),
                                images.learning(),
                                QualityTarget.parse(missed.condition()),
                                spec.seed()),
                        new ModelDiagnosis.KnownFeatures(
                                some -> features(backbone, candidate, some), missed.secondsPerImage()),
                        time,
                        ceiling,
                        progress);
    }

    private StudiedFeatures features(Backbone backbone, SearchCandidate candidate, List<LabelledFile> some) {
        CutBackbone cuts = CutBackbone.open(tools, backbone, candidate.edge());
        int cut = IntStream.range(0, cuts.cuts().size())
                .filter(i -> cuts.cuts().get(i).tensor().name().equals(candidate.tensor()))
                .findFirst()
                .orElseThrow();
        return new StudiedFeatures(
                cuts.features(cuts.features(some, (_, _) -> {}), cut),
                ClassTargets.ofSoftLabels(some.stream()
                        .map(image ->
                                image.sample().probabilities(images.labels().size()))
                        .toArray(double[][]::new)),
                some.stream().mapToInt(LabelledFile::group).toArray());
    }
}
