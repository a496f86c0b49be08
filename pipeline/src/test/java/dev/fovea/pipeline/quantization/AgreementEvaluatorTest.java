package dev.fovea.pipeline.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementEvaluatorTest {

    private static final ImageSize SIZE = new ImageSize(4, 2);

    @Test
    void shouldComputeJaccardIndexOfLabels() {
        PredictionResult one = labels(0.9, 0.8, 0.1);
        assertThat(AgreementEvaluator.of(one, one)).isEqualTo(1);
        assertThat(AgreementEvaluator.of(one, labels(0.9, 0.2, 0.1))).isEqualTo(0.5);
        assertThat(AgreementEvaluator.of(one, labels(0.1, 0.2, 0.9))).isZero();
        assertThat(AgreementEvaluator.of(labels(0, 0, 0), labels(0.1, 0, 0))).isEqualTo(1);
    }

    private static PredictionResult labels(double a, double b, double c) {
        return new PredictionResult.MultiLabelResult(
                List.of(new Ranked("a", a), new Ranked("b", b), new Ranked("c", c)), 0.5);
    }

    @Test
    void shouldComputeCosineSimilarityOfEmbeddings() {
        PredictionResult.EmbeddingResult one = new PredictionResult.EmbeddingResult(new float[] {3, 4});
        assertThat(AgreementEvaluator.of(one, new PredictionResult.EmbeddingResult(new float[] {6, 8})))
                .isCloseTo(1, within(1e-12));
        assertThat(AgreementEvaluator.of(one, new PredictionResult.EmbeddingResult(new float[] {4, 3})))
                .isCloseTo(0.96, within(1e-12));
        assertThat(AgreementEvaluator.of(one, new PredictionResult.EmbeddingResult(new float[] {-3, -4})))
                .isZero();
        PredictionResult.EmbeddingResult nothing = new PredictionResult.EmbeddingResult(new float[2]);
        assertThat(AgreementEvaluator.of(nothing, nothing)).isEqualTo(1);
        assertThat(AgreementEvaluator.of(one, nothing)).isZero();
    }

    @Test
    void shouldComputeMeanIouOfClassMasks() {
        Mask left = Mask.of(SIZE, List.of(0, 4, 4));
        Mask most = Mask.of(SIZE, List.of(0, 6, 2));
        Mask right = Mask.of(SIZE, List.of(4, 4));
        PredictionResult one = regions(new ClassRegion(0, left), new ClassRegion(1, right));
        assertThat(AgreementEvaluator.of(one, one)).isEqualTo(1);
        assertThat(AgreementEvaluator.of(one, regions(new ClassRegion(0, most))))
                .isCloseTo((4 / 6.0 + 0) / 2, within(1e-9));
        assertThat(AgreementEvaluator.of(regions(), regions())).isEqualTo(1);
    }

    private static PredictionResult regions(ClassRegion... regions) {
        return new PredictionResult.ObjectResult(new Decoded.ClassRegions(List.of(regions)), List.of("road", "sky"));
    }
}
