package dev.fovea.model.graph;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognizes models of other tools by their first bytes, and by the name where those are common to several, so that a
 * refusal explains how to export one as ONNX.
 */
final class ForeignModel {

    private static final String TORCH =
            "a PyTorch checkpoint and no network. If it holds the weights of a common architecture: fovea backbones import FILE. Else export it as ONNX where it was trained: torch.onnx.export(model, example, \"model.onnx\", dynamo=True), or yolo export model=FILE format=onnx.";
    private static final String SAFETENSORS =
            "weights without a network (safetensors). If they are of a common architecture: fovea backbones import FILE. Else export the model as ONNX: optimum-cli export onnx --model FOLDER out/, or torch.onnx.export.";
    private static final String KERAS =
            "a Keras or HDF5 file. Export it as ONNX: model.export(\"model.onnx\", format=\"onnx\"), or tf2onnx.";
    private static final String TFLITE =
            "a TensorFlow Lite model. Export it as ONNX: python -m tf2onnx.convert --tflite FILE --output model.onnx.";

    private ForeignModel() {}

    /** What the file is and how to make ONNX of it, as the end of a sentence; empty for what may be ONNX. */
    static Optional<String> remedy(byte[] bytes, String name) {
        String end = name.toLowerCase(Locale.ROOT).replaceFirst("^.*\\.", "");
        if (starts(bytes, 0, "PK\u0003\u0004")) {
            return Optional.of(
                    end.equals("keras")
                            ? KERAS
                            : isTorch(end) ? TORCH : "a zip archive. Unpack it and give the ONNX file.");
        }
        if (starts(bytes, 0, "\u0089HDF")) {
            return Optional.of(KERAS);
        }
        if (starts(bytes, 4, "TFL3")) {
            return Optional.of(TFLITE);
        }
        if (end.equals("safetensors") || starts(bytes, 8, "{\"")) {
            return Optional.of(SAFETENSORS);
        }
        boolean pickle = bytes.length > 2 && (bytes[0] & 0xff) == 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
        return pickle || isTorch(end) ? Optional.of(TORCH) : Optional.empty();
    }

    private static boolean isTorch(String end) {
        return switch (end) {
            case "pt", "pth", "ckpt", "bin", "pkl", "pickle", "ts" -> true;
            default -> false;
        };
    }

    private static boolean starts(byte[] bytes, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + wanted.length
                && java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
