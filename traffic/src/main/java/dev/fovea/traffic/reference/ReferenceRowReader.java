package dev.fovea.traffic.reference;

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
import dev.fovea.traffic.truth.TrueLabels;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what {@link ReferenceRowWriter} writes. What does not fit is an {@code IllegalArgumentException} or an end of
 * file.
 */
final class ReferenceRowReader {

    private final DataInputStream in;

    ReferenceRowReader(DataInputStream in) {
        this.in = in;
    }

    ReferenceRow read() throws IOException {
        return new ReferenceRow(output(), observation(), text().map(TrueLabels::ofJson));
    }

    private PredictedOutput output() throws IOException {
        return switch (OutputKind.valueOf(in.readUTF())) {
            case TOP_LABELS -> new PredictedOutput.TopLabels(labels(), in.readFloat());
            case MANY_LABELS -> new PredictedOutput.ManyLabels(labels(), in.readFloat());
            case TASK_LABELS -> new PredictedOutput.TaskLabels(labels(), in.readFloat());
            case FOUND_OBJECTS -> objects();
            case REGIONS -> new PredictedOutput.Regions(labels());
            case UNLABELLED -> new PredictedOutput.Unlabelled(Task.valueOf(in.readUTF()));
        };
    }

    private List<LoggedLabel> labels() throws IOException {
        List<LoggedLabel> labels = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            labels.add(new LoggedLabel(in.readUTF(), in.readFloat()));
        }
        return labels;
    }

    private PredictedOutput objects() throws IOException {
        Task task = Task.valueOf(in.readUTF());
        int all = in.readInt();
        List<LoggedBox> boxes = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            boxes.add(new LoggedBox(
                    in.readUTF(), in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat()));
        }
        return new PredictedOutput.FoundObjects(task, boxes, all);
    }

    private ImageObservation observation() throws IOException {
        float[] embedding = new float[count()];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = in.readFloat();
        }
        return new ImageObservation(in.readBoolean() ? Optional.of(measures()) : Optional.empty(), embedding);
    }

    private InputMeasures measures() throws IOException {
        return new InputMeasures(
                new InputTones(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
                new InputColors(in.readDouble(), in.readDouble()),
                new InputDetail(in.readDouble(), in.readDouble(), in.readDouble()),
                file());
    }

    private InputFile file() throws IOException {
        return new InputFile(
                ImageFormat.valueOf(in.readUTF()), in.readInt(), in.readInt(), in.readInt(), quality(), text());
    }

    private OptionalInt quality() throws IOException {
        int quality = in.readInt();
        return quality == 0 ? OptionalInt.empty() : OptionalInt.of(quality);
    }

    private Optional<String> text() throws IOException {
        if (!in.readBoolean()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[count()];
        in.readFully(bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** A count of things that take a byte or more each. */
    private int count() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new EOFException("%d things in %d bytes".formatted(count, in.available()));
        }
        return count;
    }
}
