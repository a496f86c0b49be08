package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Crop;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published network on photographs, against the answers that another program had from it. */
class ImageNetTest {

    private static final PreprocessingContract CONTRACT = new PreprocessingContract(
            Orientation.EXIF,
            ColorOrder.BGR,
            Alpha.WHITE,
            new Resize.ShortestEdge(256, Rounding.NEAREST, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW),
            Optional.of(new Crop(Size.square(224), Rounding.DOWN)),
            new TensorFormat(1, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0), Layout.NCHW, ElementType.FLOAT32),
            DecodeMode.EXACT);

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheAnswersThatSqueezeNetGivesElsewhere() throws Exception {
        Path data = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
        Path photographs = data.resolve("imagenet-120");
        Assumptions.assumeTrue(Files.isDirectory(photographs), "skipped: no photographs at " + photographs);
        List<String[]> expected = Files.readAllLines(data.resolve("models/squeezenet11-expected.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .filter(row -> Files.exists(photographs.resolve(row[0])))
                .toList();
        List<String> differing = new ArrayList<>();
        double apart = 0;
        try (DecodePool workers = DecodePool.forThisMachine();
                LoadedModel model = LoadedModel.load(
                        Engine.open(),
                        bundle(OnnxModel.read(data.resolve("models/squeezenet11-fp32.onnx"))),
                        new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT),
                        workers,
                        () -> {})) {
            for (String[] row : expected) {
                Ranked best = model.predict(
                                Files.readAllBytes(photographs.resolve(row[0])), Deadline.in(Duration.ofMinutes(1)))
                        .classification()
                        .best();
                if (best.label().equals(row[2])) {
                    apart += Math.abs(best.confidence() - Double.parseDouble(row[3]));
                } else {
                    differing.add(row[0] + " is " + best);
                }
            }
        }
        assertThat(expected).hasSize(120);
        assertThat(differing).hasSizeLessThanOrEqualTo(1);
        assertThat(apart / expected.size())
                .as("mean difference of the probabilities")
                .isLessThan(1e-3);
    }

    private Bundle bundle(OnnxModel model) {
        List<String> labels =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        Manifest manifest = new Manifest(
                "squeezenet",
                labels,
                Optional.of(CONTRACT),
                new Postprocessing.OneLabel(Activation.NONE, 1),
                Optional.empty(),
                Lineage.imported("squeezenet11-fp32.onnx", "test", "test"),
                List.of(),
                new TreeMap<>());
        return Bundle.write(directory, manifest, model.bytes(), Map.of());
    }
}
