package dev.fovea.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.RequestDetails;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows as bytes, for the segments of the log. Measures are kept in single precision and embeddings in half precision
 * (IEEE 754 binary16), as the Parquet files have them. The first byte of a row is the version of its format.
 */
public final class LoggedPredictionCodec {

    private static final byte FORMAT = 1;
    private static final int MAX_TEXT = 1 << 20;
    private static final int MAX_LIST = 1 << 16;

    private LoggedPredictionCodec() {}

    /** Writes a row. */
    public static void write(LoggedPrediction row, DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        request(row.request(), out);
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, row.time()));
        text(row.version().model(), out);
        out.writeInt(row.version().version());
        text(row.contract(), out);
        output(row.output(), out);
        LoggedImageCodec.write(row.image(), out);
        times(row.times(), out);
        routing(row.routing(), out);
    }

    /** Reads a row; an {@code IOException} for bytes that are none. */
    public static LoggedPrediction read(DataInput in) throws IOException {
        byte format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("the row has the unknown format %d".formatted(format));
        }
        return new LoggedPrediction(
                request(in),
                Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS),
                new VersionId(text(in), in.readInt()),
                text(in),
                output(in),
                LoggedImageCodec.read(in),
                times(in),
                routing(in));
    }

    private static void request(RequestDetails request, DataOutput out) throws IOException {
        text(request.id(), out);
        optional(request.client(), out);
        out.writeByte(request.tags().size());
        for (var tag : request.tags().entrySet()) {
            text(tag.getKey(), out);
            text(tag.getValue(), out);
        }
        out.writeBoolean(request.keepable());
    }

    private static RequestDetails request(DataInput in) throws IOException {
        String id = text(in);
        Optional<String> client = optional(in);
        SortedMap<String, String> tags = new TreeMap<>();
        int count = in.readUnsignedByte();
        for (int i = 0; i < count; i++) {
            tags.put(text(in), text(in));
        }
        return new RequestDetails(id, client, tags, in.readBoolean());
    }

    private static void output(PredictedOutput output, DataOutput out) throws IOException {
        out.writeUTF(output.task().name());
        switch (output) {
            case PredictedOutput.TopLabels(List<LoggedLabel> top, float entropy) -> {
                labels(top, out);
                out.writeFloat(entropy);
            }
            case PredictedOutput.ManyLabels(List<LoggedLabel> applying, float entropy) -> {
                labels(applying, out);
                out.writeFloat(entropy);
            }
            case PredictedOutput.TaskLabels(List<LoggedLabel> best, float entropy) -> {
                labels(best, out);
                out.writeFloat(entropy);
            }
            case PredictedOutput.FoundObjects(Task ignored, List<LoggedBox> boxes, int count) -> {
                out.writeInt(count);
                out.writeInt(boxes.size());
                for (LoggedBox box : boxes) {
                    text(box.label(), out);
                    out.writeFloat(box.score());
                    out.writeFloat(box.x());
                    out.writeFloat(box.y());
                    out.writeFloat(box.width());
                    out.writeFloat(box.height());
                }
            }
            case PredictedOutput.Regions(List<LoggedLabel> shares) -> labels(shares, out);
            case PredictedOutput.Unlabelled ignored -> {
                // the task says it all
            }
        }
    }

    private static PredictedOutput output(DataInput in) throws IOException {
        Task task = named(Task.values(), in);
        return switch (task) {
            case CLASSIFICATION -> new PredictedOutput.TopLabels(labels(in), in.readFloat());
            case MULTI_LABEL -> new PredictedOutput.ManyLabels(labels(in), in.readFloat());
            case MULTI_TASK -> new PredictedOutput.TaskLabels(labels(in), in.readFloat());
            case DETECTION, INSTANCE_SEGMENTATION, TEXT_DETECTION -> {
                int count = in.readInt();
                int kept = size(in.readInt());
                List<LoggedBox> boxes = new ArrayList<>(kept);
                for (int i = 0; i < kept; i++) {
                    boxes.add(new LoggedBox(
                            text(in), in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat()));
                }
                yield new PredictedOutput.FoundObjects(task, boxes, count);
            }
            case SEGMENTATION -> new PredictedOutput.Regions(labels(in));
            case EMBEDDING, TENSORS -> new PredictedOutput.Unlabelled(task);
        };
    }

    private static void labels(List<LoggedLabel> labels, DataOutput out) throws IOException {
        out.writeInt(labels.size());
        for (LoggedLabel label : labels) {
            text(label.label(), out);
            out.writeFloat(label.score());
        }
    }

    private static List<LoggedLabel> labels(DataInput in) throws IOException {
        int count = size(in.readInt());
        List<LoggedLabel> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labels.add(new LoggedLabel(text(in), in.readFloat()));
        }
        return labels;
    }

    private static void times(ResponseTimes times, DataOutput out) throws IOException {
        out.writeLong(times.stages().decode());
        out.writeLong(times.stages().preprocess());
        out.writeLong(times.stages().queue());
        out.writeLong(times.stages().infer());
        out.writeLong(times.stages().postprocess());
        out.writeLong(times.total());
    }

    private static ResponseTimes times(DataInput in) throws IOException {
        return new ResponseTimes(
                new Timings(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()), in.readLong());
    }

    private static void routing(LoggedRouting routing, DataOutput out) throws IOException {
        text(routing.requested(), out);
        out.writeUTF(routing.role().name());
        out.writeUTF(routing.cache().name());
        optional(routing.servedBy(), out);
        optional(routing.error().map(ErrorCode::name), out);
    }

    private static LoggedRouting routing(DataInput in) throws IOException {
        return new LoggedRouting(
                text(in),
                named(LoggedRouting.Role.values(), in),
                named(LoggedRouting.CacheResult.values(), in),
                optional(in),
                optional(in).map(LoggedPredictionCodec::error));
    }

    /** A code of a newer program is an internal error to this one. */
    private static ErrorCode error(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }

    static void optional(Optional<String> text, DataOutput out) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            text(text.get(), out);
        }
    }

    static Optional<String> optional(DataInput in) throws IOException {
        return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
    }

    private static void text(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_TEXT) {
            throw new IOException("a text of %d bytes".formatted(length));
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int size(int count) throws IOException {
        if (count < 0 || count > MAX_LIST) {
            throw new IOException("a list of %d".formatted(count));
        }
        return count;
    }

    /** The constant of that name: names outlive a change of the order of constants. */
    static <E extends Enum<E>> E named(E[] values, DataInput in) throws IOException {
        String name = in.readUTF();
        for (E value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new IOException("the unknown value \"%s\"".formatted(name));
    }
}
