package dev.fovea.traffic;

import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.quality.InputColors;
import dev.fovea.imaging.quality.InputDetail;
import dev.fovea.imaging.quality.InputFile;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.imaging.quality.InputTones;
import dev.fovea.runtime.ImageObservation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The images of rows as bytes: measures in single precision, embeddings in half precision. */
final class LoggedImageCodec {

    private LoggedImageCodec() {}

    /** Writes what is known of an image. */
    static void write(LoggedImage image, DataOutput out) throws IOException {
        ImageHeader header = image.header();
        out.writeUTF(header.format().name());
        out.writeInt(header.width());
        out.writeInt(header.height());
        out.writeByte(header.orientation());
        out.writeBoolean(header.deep());
        out.writeBoolean(image.observed().measures().isPresent());
        if (image.observed().measures().isPresent()) {
            measures(image.observed().measures().get(), out);
        }
        float[] embedding = image.observed().embedding();
        out.writeShort(embedding.length);
        for (float value : embedding) {
            out.writeShort(Float.floatToFloat16(value));
        }
    }

    /** Reads it; an {@code IOException} for bytes that are none. */
    static LoggedImage read(DataInput in) throws IOException {
        ImageHeader header = new ImageHeader(
                LoggedPredictionCodec.named(ImageFormat.values(), in),
                in.readInt(),
                in.readInt(),
                in.readUnsignedByte(),
                in.readBoolean());
        Optional<InputMeasures> measures = in.readBoolean() ? Optional.of(measures(in)) : Optional.empty();
        float[] embedding = new float[in.readUnsignedShort()];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = Float.float16ToFloat(in.readShort());
        }
        return new LoggedImage(header, new ImageObservation(measures, embedding));
    }

    private static void measures(InputMeasures measures, DataOutput out) throws IOException {
        out.writeFloat((float) measures.tones().brightness());
        out.writeFloat((float) measures.tones().contrast());
        out.writeFloat((float) measures.tones().dark());
        out.writeFloat((float) measures.tones().bright());
        out.writeFloat((float) measures.colors().colorfulness());
        out.writeFloat((float) measures.colors().saturation());
        out.writeFloat((float) measures.detail().sharpness());
        out.writeFloat((float) measures.detail().noise());
        out.writeFloat((float) measures.detail().blockiness());
        InputFile file = measures.file();
        out.writeUTF(file.format().name());
        out.writeInt(file.width());
        out.writeInt(file.height());
        out.writeInt(file.bytes());
        out.writeByte(file.jpegQuality().orElse(0));
        LoggedPredictionCodec.optional(file.camera(), out);
    }

    private static InputMeasures measures(DataInput in) throws IOException {
        return new InputMeasures(
                new InputTones(in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat()),
                new InputColors(in.readFloat(), in.readFloat()),
                new InputDetail(in.readFloat(), in.readFloat(), in.readFloat()),
                new InputFile(
                        LoggedPredictionCodec.named(ImageFormat.values(), in),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        quality(in.readUnsignedByte()),
                        LoggedPredictionCodec.optional(in)));
    }

    private static OptionalInt quality(int quality) {
        return quality == 0 ? OptionalInt.empty() : OptionalInt.of(quality);
    }
}
