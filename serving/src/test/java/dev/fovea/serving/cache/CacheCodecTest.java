package dev.fovea.serving.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.serving.Answers;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CacheCodecTest {

    private static final CacheKey KEY = CacheKey.of("bundle", new byte[] {1, 2, 3});

    @Property
    void shouldReadBackWhatItWrote(@ForAll CachedResponseKind kind, @ForAll long seed) {
        Prediction answer = Answers.random(kind, new Random(seed));
        Prediction read = CacheCodec.read(
                        KEY, CacheCodec.write(KEY, answer, Answers.manifest(kind)), Answers.manifest(kind))
                .orElseThrow();
        assertThat(read.image()).isEqualTo(answer.image());
        assertThat(read.observed()).isEqualTo(answer.observed());
        switch (answer.result()) {
            case PredictionResult.LabelResult(var written, var map) -> {
                assertThat(read.result()).isInstanceOf(PredictionResult.LabelResult.class);
                assertThat(Answers.prediction(read.result()).classification().logits())
                        .containsExactly(written.logits());
                assertThat(Answers.prediction(read.result()).classification().ranked())
                        .isEqualTo(written.ranked());
                var readMap = ((PredictionResult.LabelResult) read.result()).heatMap();
                assertThat(readMap.map(HeatMap::size)).isEqualTo(map.map(HeatMap::size));
                assertThat(readMap.map(HeatMap::values).orElse(new float[0]))
                        .containsExactly(map.map(HeatMap::values).orElse(new float[0]));
            }
            case PredictionResult.EmbeddingResult(float[] values) ->
                assertThat(((PredictionResult.EmbeddingResult) read.result()).values())
                        .containsExactly(values);
            case PredictionResult.MultiLabelResult written ->
                assertThat(read.result()).isEqualTo(written);
            case PredictionResult.MultiTaskResult(var written) -> {
                assertThat(read.result()).isInstanceOf(PredictionResult.MultiTaskResult.class);
                var tasks = ((PredictionResult.MultiTaskResult) read.result()).tasks();
                assertThat(tasks).hasSameSizeAs(written);
                for (int i = 0; i < written.size(); i++) {
                    assertThat(tasks.get(i).task()).isEqualTo(written.get(i).task());
                    assertThat(tasks.get(i).classification().ranked())
                            .isEqualTo(written.get(i).classification().ranked());
                }
            }
            case PredictionResult.ObjectResult written ->
                assertThat(read.result()).isEqualTo(written);
            case PredictionResult.TensorResult written ->
                assertThat(read.result()).isEqualTo(written);
        }
    }

    @Property
    void shouldFindNoAnswerInDamagedBytes(
            @ForAll CachedResponseKind kind, @ForAll long seed, @ForAll @IntRange(min = 1, max = 255) int change) {
        Random random = new Random(seed);
        byte[] bytes = CacheCodec.write(KEY, Answers.random(kind, random), Answers.manifest(kind));
        bytes[random.nextInt(bytes.length)] ^= (byte) change;
        assertThat(CacheCodec.read(KEY, bytes, Answers.manifest(kind))).isEmpty();
    }

    @Property
    void shouldFindNoAnswerInBytesThatEndEarly(@ForAll CachedResponseKind kind, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = CacheCodec.write(KEY, Answers.random(kind, random), Answers.manifest(kind));
        byte[] part = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        assertThat(CacheCodec.read(KEY, part, Answers.manifest(kind))).isEmpty();
    }

    @Property
    void shouldFindNoAnswerInForeignBytes(@ForAll byte[] bytes) {
        assertThat(CacheCodec.read(KEY, bytes, Answers.MANIFEST)).isEmpty();
    }

    /** As somebody would write them who computes the checksum but not the rest. */
    @Property(tries = 5000)
    void shouldNeverThrowWhateverIsSealed(@ForAll CachedResponseKind kind, @ForAll long seed, @ForAll byte[] foreign) {
        Random random = new Random(seed);
        byte[] body = new CachedResponseWriter(Answers.manifest(kind)).write(Answers.random(kind, random));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        assertThatCode(() -> CacheCodec.read(KEY, CacheCodec.sealed(KEY, body), Answers.manifest(kind)))
                .doesNotThrowAnyException();
        assertThatCode(() -> CacheCodec.read(KEY, CacheCodec.sealed(KEY, foreign), Answers.manifest(kind)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotTakeTheAnswerToAnotherImageOrOfAnotherFormat() {
        byte[] bytes =
                CacheCodec.write(KEY, Answers.random(CachedResponseKind.ONE_LABEL, new Random(1)), Answers.MANIFEST);
        CacheKey other = CacheKey.of("bundle", new byte[] {1, 2, 4});
        assertThat(CacheCodec.read(other, bytes, Answers.MANIFEST)).isEqualTo(Optional.empty());
        bytes[0]++;
        assertThat(CacheCodec.read(KEY, bytes, Answers.MANIFEST)).isEmpty();
    }

    @Test
    void shouldTakeFourBytesForALabel() {
        byte[] bytes = CacheCodec.write(
                KEY,
                Answers.prediction(1000, 1).detached(),
                Answers.bundle("b", 1000).manifest());
        assertThat(bytes.length).isBetween(4000, 4050);
    }
}
