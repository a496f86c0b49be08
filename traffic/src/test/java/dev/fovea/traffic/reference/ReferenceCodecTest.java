package dev.fovea.traffic.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.decoder.Task;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReferenceCodecTest {

    private static final List<PredictedOutput> OUTPUTS = List.of(
            new PredictedOutput.TopLabels(List.of(new LoggedLabel("größe", 0.75f), new LoggedLabel("b", 0.2f)), 0.8f),
            new PredictedOutput.ManyLabels(List.of(), Float.NaN),
            new PredictedOutput.FoundObjects(
                    Task.TEXT_DETECTION, List.of(new LoggedBox("text", 0.9f, 0.1f, 0.2f, 0.3f, 0.4f)), 120),
            new PredictedOutput.Regions(List.of(new LoggedLabel("road", 0.4f))),
            new PredictedOutput.Unlabelled(Task.EMBEDDING));

    private static final List<Optional<TrueLabels>> TRUTHS = List.of(
            Optional.empty(),
            Optional.of(new TrueLabels.TrueLabel("größe")),
            Optional.of(new TrueLabels.TrueLabelSet(new TreeSet<>(List.of("a", "b")))),
            Optional.of(new TrueLabels.TrueObjects(List.of(new TrueBox("car", 0.1, 0.2, 0.3, 0.4)))));

    private static ReferenceRow row(int i, Random random) {
        float[] embedding = new float[i % 3 == 0 ? 0 : 32];
        for (int k = 0; k < embedding.length; k++) {
            embedding[k] = (float) random.nextGaussian();
        }
        InputMeasures measures = new InputMeasures(
                new InputTones(random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()),
                new InputColors(random.nextDouble(), random.nextDouble()),
                new InputDetail(random.nextDouble(), random.nextDouble(), random.nextDouble()),
                new InputFile(
                        ImageFormat.values()[i % 7],
                        i + 1,
                        i + 2,
                        i + 3,
                        i % 2 == 0 ? OptionalInt.of(1 + i % 100) : OptionalInt.empty(),
                        i % 4 == 0 ? Optional.of("NIKON D90") : Optional.empty()));
        return new ReferenceRow(
                OUTPUTS.get(i % OUTPUTS.size()),
                new ImageObservation(i % 5 == 0 ? Optional.empty() : Optional.of(measures), embedding),
                TRUTHS.get(i % TRUTHS.size()));
    }

    private static Reference reference(int rows) {
        Random random = new Random(8);
        List<ReferenceRow> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(row(i, random));
        }
        return new Reference(rows + 10, 4, Optional.of("it is small"), all);
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Reference written = reference(210);
        assertThat(ReferenceCodec.read(ReferenceCodec.write(written))).isEqualTo(written);
    }

    @Test
    void shouldTakeLittleMoreThanItsNumbers() {
        assertThat(ReferenceCodec.write(reference(1000)).length).isLessThan(300_000);
    }

    @Test
    void shouldSayThatDamagedBytesAreDamaged() {
        byte[] file = ReferenceCodec.write(reference(50));
        for (int at = 0; at < file.length; at += 7) {
            byte[] damaged = file.clone();
            damaged[at] ^= 4;
            assertCorrupt(damaged);
            assertCorrupt(Arrays.copyOf(file, at));
        }
        assertCorrupt(Arrays.copyOf(file, file.length + 1));
    }

    private static void assertCorrupt(byte[] file) {
        assertThatThrownBy(() -> ReferenceCodec.read(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT))
                .hasMessageContaining("The version serves all the same");
    }

    @Test
    void shouldRefuseFewerRowsThanAReferenceNeeds() {
        List<ReferenceRow> rows = reference(50).rows().subList(0, 49);
        assertThatThrownBy(() -> new Reference(49, 0, Optional.empty(), rows))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
