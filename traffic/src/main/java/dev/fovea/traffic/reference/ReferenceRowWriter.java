package dev.fovea.traffic.reference;

import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.LoggedBox;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueLabels;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes the rows of a reference, which {@link ReferenceRowReader} reads. */
final class ReferenceRowWriter {

    private final DataOutputStream out;

    ReferenceRowWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(ReferenceRow row) throws IOException {
        output(row.output());
        observation(row.observed());
        text(row.truth().map(TrueLabels::json));
    }

    private void output(PredictedOutput output) throws IOException {
        out.writeUTF(OutputKind.of(output).name());
        switch (output) {
            case PredictedOutput.TopLabels(List<LoggedLabel> top, float entropy) -> {
                labels(top);
                out.writeFloat(entropy);
            }
            case PredictedOutput.ManyLabels(List<LoggedLabel> applying, float entropy) -> {
                labels(applying);
                out.writeFloat(entropy);
            }
            case PredictedOutput.TaskLabels(List<LoggedLabel> best, float entropy) -> {
                labels(best);
                out.writeFloat(entropy);
            }
            case PredictedOutput.FoundObjects(var task, List<LoggedBox> boxes, int count) -> {
                out.writeUTF(task.name());
                out.writeInt(count);
                out.writeInt(boxes.size());
                for (LoggedBox box : boxes) {
                    box(box);
                }
            }
            case PredictedOutput.Regions(List<LoggedLabel> shares) -> labels(shares);
            case PredictedOutput.Unlabelled(var task) -> out.writeUTF(task.name());
        }
    }

    private void labels(List<LoggedLabel> labels) throws IOException {
        out.writeInt(labels.size());
        for (LoggedLabel label : labels) {
            out.writeUTF(label.label());
            out.writeFloat(label.score());
        }
    }

    private void box(LoggedBox box) throws IOException {
        out.writeUTF(box.label());
        for (float value : new float[] {box.score(), box.x(), box.y(), box.width(), box.height()}) {
            out.writeFloat(value);
        }
    }

    private void observation(ImageObservation observed) throws IOException {
        out.writeInt(observed.embedding().length);
        for (float value : observed.embedding()) {
            out.writeFloat(value);
        }
        out.writeBoolean(observed.measures().isPresent());
        if (observed.measures().isPresent()) {
            measures(observed.measures().get());
        }
    }

    private void measures(InputMeasures measures) throws IOException {
        for (double value : new double[] {
            measures.tones().brightness(), measures.tones().contrast(),
                    measures.tones().dark(),
            measures.tones().bright(), measures.colors().colorfulness(),
                    measures.colors().saturation(),
            measures.detail().sharpness(), measures.detail().noise(),
                    measures.detail().blockiness()
        }) {
            out.writeDouble(value);
        }
        InputFile file = measures.file();
        out.writeUTF(file.format().name());
        out.writeInt(file.width());
        out.writeInt(file.height());
        out.writeInt(file.bytes());
        out.writeInt(file.jpegQuality().orElse(0));
        text(file.camera());
    }

    private void text(Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            byte[] bytes = text.get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
