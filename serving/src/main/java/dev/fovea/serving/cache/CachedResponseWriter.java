package dev.fovea.serving.cache;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.model.Manifest;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes one prediction to bytes, which {@link CachedResponseReader} reads back to the last bit. Whole numbers that are
 * usually small take 7 bits to the byte; confidences are computed anew from what the network gave.
 */
final class CachedResponseWriter {

    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;
    /** In the place of a JPEG's quality, which is 1 or more. */
    static final int NO_QUALITY = 0;

    private final Manifest manifest;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    CachedResponseWriter(Manifest manifest) {
        this.manifest = manifest;
    }

    byte[] write(Prediction prediction) {
        try {
            image(prediction.image());
            text(CachedResponseKind.of(prediction.result()).name());
            result(prediction.result());
            observation(prediction.observed());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void image(ImageHeader image) throws IOException {
        text(image.format().name());
        number(image.width());
        number(image.height());
        out.writeByte(image.orientation());
        out.writeBoolean(image.deep());
    }

    private void observation(ImageObservation observed) throws IOException {
        floats(observed.embedding());
        out.writeBoolean(observed.measures().isPresent());
        if (observed.measures().isPresent()) {
            measures(observed.measures().get());
        }
    }

    private void measures(InputMeasures measures) throws IOException {
        InputTones tones = measures.tones();
        InputColors colors = measures.colors();
        InputDetail detail = measures.detail();
        for (double value : new double[] {
            tones.brightness(),
            tones.contrast(),
            tones.dark(),
            tones.bright(),
            colors.colorfulness(),
            colors.saturation(),
            detail.sharpness(),
            detail.noise(),
            detail.blockiness()
        }) {
            out.writeDouble(value);
        }
        InputFile file = measures.file();
        text(file.format().name());
        number(file.width());
        number(file.height());
        number(file.bytes());
        number(file.jpegQuality().orElse(NO_QUALITY));
        out.writeBoolean(file.camera().isPresent());
        if (file.camera().isPresent()) {
            text(file.camera().get());
        }
    }

    private void result(PredictionResult result) throws IOException {
        switch (result) {
            case PredictionResult.LabelResult(var classification, var heatMap) -> {
                floats(classification.outputs());
                out.writeBoolean(heatMap.isPresent());
                if (heatMap.isPresent()) {
                    heatMap(heatMap.get());
                }
            }
            case PredictionResult.MultiLabelResult(var scores, double threshold) -> {
                out.writeDouble(threshold);
                scores(scores);
            }
            case PredictionResult.MultiTaskResult(var tasks) -> {
                for (var task : tasks) {
                    floats(task.classification().outputs());
                }
            }
            case PredictionResult.ObjectResult(Decoded decoded, List<String> ignored) -> objects(decoded);
            case PredictionResult.EmbeddingResult(float[] values) -> floats(values);
            case PredictionResult.TensorResult(var tensors) -> {
                number(tensors.size());
                for (Tensor tensor : tensors) {
                    tensor(tensor);
                }
            }
        }
    }

    private void heatMap(HeatMap map) throws IOException {
        number(map.size().height());
        number(map.size().width());
        floats(map.values());
    }

    private void scores(List<Ranked> scores) throws IOException {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < manifest.labels().size(); place++) {
            places.putIfAbsent(manifest.labels().get(place), place);
        }
        number(scores.size());
        for (Ranked ranked : scores) {
            number(Objects.requireNonNull(places.get(ranked.label()), ranked.label()));
            out.writeDouble(ranked.confidence());
        }
    }

    private void objects(Decoded decoded) throws IOException {
        switch (decoded) {
            case Decoded.Detections(var found) -> {
                number(found.size());
                for (Detection detection : found) {
                    detection(detection);
                }
            }
            case Decoded.TextRegions(var found) -> {
                number(found.size());
                for (TextRegion region : found) {
                    text(region);
                }
            }
            case Decoded.ClassRegions(var found) -> {
                number(found.size());
                for (ClassRegion region : found) {
                    number(region.label());
                    mask(region.mask());
                }
            }
        }
    }

    private void detection(Detection detection) throws IOException {
        number(detection.label());
        out.writeDouble(detection.confidence());
        Box box = detection.box();
        for (float edge : new float[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
            out.writeFloat(edge);
        }
        out.writeBoolean(detection.mask().isPresent());
        if (detection.mask().isPresent()) {
            mask(detection.mask().get());
        }
    }

    private void text(TextRegion region) throws IOException {
        out.writeDouble(region.confidence());
        number(region.outline().points().size());
        for (Point point : region.outline().points()) {
            out.writeFloat(point.x());
            out.writeFloat(point.y());
        }
    }

    private void mask(Mask mask) throws IOException {
        number(mask.size().width());
        number(mask.size().height());
        List<Integer> runs = mask.counts();
        number(runs.size());
        for (int run : runs) {
            number(run);
        }
    }

    private void tensor(Tensor tensor) throws IOException {
        text(tensor.name());
        text(tensor.type().name());
        number(tensor.shape().length);
        for (long length : tensor.shape()) {
            out.writeLong(length);
        }
        byte[] elements = new byte[tensor.bytes().remaining()];
        tensor.bytes().duplicate().get(elements);
        number(elements.length);
        out.write(elements);
    }

    private void text(String text) throws IOException {
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        number(characters.length);
        out.write(characters);
    }

    private void floats(float[] values) throws IOException {
        number(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private void number(int value) throws IOException {
        int left = value;
        while ((left & ~LOW_BITS) != 0) {
            out.writeByte((left & LOW_BITS) | MORE);
            left >>>= 7;
        }
        out.writeByte(left);
    }
}
