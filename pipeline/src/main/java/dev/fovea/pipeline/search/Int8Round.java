package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.pipeline.bar.BarJudge;
import dev.fovea.pipeline.head.HeadlessNetwork;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.search.SearchCandidate.CandidatePrecision;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.QuantizationResult;
import dev.fovea.quantize.Quantizer;
import dev.fovea.runtime.session.ImageReader;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The third round: INT8 networks of those that clear the bar's qualities, the smallest first, until one clears them
 * too. The network without its head is quantized; then a head is fitted to the features of INT8 and judged by
 * cross-validation, as that of any candidate.
 */
final class Int8Round {

    /** Each widens all intervals a little, whether it is made or not. */
    static final int MAX = 2;

    /** No quantization is begun when this share of the time is over. */
    private static final double UNTIL = 0.82;

    private static final int CALIBRATING = 128;

    private final JobTools tools;
    private final SearchSpec spec;
    private final SearchImages images;
    private final SearchClock clock;
    private final BarJudge judge;

    Int8Round(JobTools tools, SearchSpec spec, SearchImages images, SearchClock clock, BarJudge judge) {
        this.tools = tools;
        this.spec = spec;
        this.images = images;
        this.clock = clock;
        this.judge = judge;
    }

    List<JudgedCandidate> run(List<JudgedCandidate> contenders) {
        List<JudgedCandidate> made = new ArrayList<>();
        List<JudgedCandidate> clear = contenders.stream()
                .filter(one -> judge.clears(one.evidence().confusion()))
                .filter(one -> one.headless().isPresent())
                .sorted(Comparator.comparingLong(JudgedCandidate::bytes))
                .limit(MAX)
                .toList();
        for (JudgedCandidate one : clear) {
            if (clock.isPast(UNTIL)) {
                clock.note("There was no time for an INT8 network of %s."
                        .formatted(one.candidate().name()));
                break;
            }
            try {
                JudgedCandidate quantized = quantized(one, one.headless().orElseThrow());
                made.add(quantized);
                if (judge.clears(quantized.evidence().confusion())) {
                    break;
                }
            } catch (FoveaException e) {
                if (e.code() == ErrorCode.CANCELLED) {
                    throw e;
                }
                clock.note("No INT8 network of %s: %s".formatted(one.candidate().name(), e.getMessage()));
            }
        }
        return made;
    }

    private JudgedCandidate quantized(JudgedCandidate original, JudgedCandidate.Headless parts) {
        HeadlessNetwork network = parts.network();
        SearchCandidate candidate = original.candidate().withPrecision(CandidatePrecision.INT8);
        List<Tensor> tensors = calibration(network);
        FeatureAgreement agreement = new FeatureAgreement(tools.engine(), network.model(), parts.head(), tensors);
        QuantizationResult result = new Quantizer(tools.engine())
                .quantize(
                        new Quantizer.QuantizerInput(network.model(), tensors, agreement, agreement, Precision.INT8),
                        (step, done, of) -> clock.at("%s: %s".formatted(candidate.name(), step)));
        return switch (result) {
            case QuantizationResult.Refused(String reason, var _) ->
                throw new FoveaException(ErrorCode.VALIDATION_FAILED, reason);
            case QuantizationResult.Delivered(OnnxModel model, var _) -> {
                HeadlessNetwork integers = network.replacedBy(model, "INT8");
                FeatureMatrix features = integers.features(
                        images.learning(),
                        (done, total) ->
                                clock.at("%s: features of %,d of %,d images".formatted(candidate.name(), done, total)));
                double begun = clock.seconds();
                HeadlessNetwork.CandidateHead head = integers.fit(
                        features, images.learning(), images.labels().size(), spec.isBalanced(), spec.seed());
                yield JudgedCandidate.of(candidate, integers, head, clock.seconds() - begun);
            }
        };
    }

    private List<Tensor> calibration(HeadlessNetwork network) {
        DataType type =
                network.contract().tensor().type() == TensorFormat.ElementType.UINT8 ? DataType.UINT8 : DataType.FP32;
        ImageReader reader = new ImageReader(
                network.contract(),
                new TensorMetadata(network.model().inputs().getFirst().name(), type, new long[0]));
        return images.sample(CALIBRATING, spec.seed()).learning().stream()
                .map(LabelledFile::sample)
                .map(sample -> reader.read(CandidateModel.read(sample.image())))
                .toList();
    }
}
