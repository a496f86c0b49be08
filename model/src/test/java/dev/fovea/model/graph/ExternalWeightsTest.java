package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalWeightsTest {

    @TempDir
    private Path directory;

    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(directory.resolve("models"));
        file = folder.resolve("model.onnx");
    }

    @Test
    void shouldReadAllWeightsIntoTheModel() throws IOException {
        Files.write(file, outside(Samples.MODEL, "model.onnx.data").bytes());
        OnnxModel whole = OnnxModel.readWhole(file);
        assertThat(whole.proto()).isEqualTo(Samples.MODEL.proto());
        whole.requireWhole();
        Files.write(file, Samples.MODEL.bytes());
        assertThat(OnnxModel.readWhole(file).proto()).isEqualTo(Samples.MODEL.proto());
    }

    @Test
    void shouldReadWeightsInAFolderBelow() throws IOException {
        Files.createDirectories(folder.resolve("weights"));
        Files.write(file, outside(Samples.MODEL, "weights/all.bin").bytes());
        assertThat(OnnxModel.readWhole(file).proto()).isEqualTo(Samples.MODEL.proto());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            location | ../secret.bin        | not in the model's own folder
            location | weights/../../secret.bin | not in the model's own folder
            location | /etc/hostname        | not in the model's own folder
            location | link.bin             | not in the model's own folder
            location | linked/secret.bin    | not in the model's own folder
            location | weights              | not beside the model
            location | elsewhere.data       | Put that file into the same folder
            offset   | 99999999999          | past the end
            offset   | 999999999999999999   | past the end
            offset   | -4                   | offset
            length   | 8                    | where its shape requires
            length   | 99999999999999999999 | length
            """)
    void shouldRefuseWhatIsNotInTheFolderOrNotInTheFile(String key, String value, String message) throws IOException {
        Files.write(directory.resolve("secret.bin"), new byte[1 << 20]);
        Files.createDirectories(folder.resolve("weights"));
        Files.createSymbolicLink(folder.resolve("link.bin"), directory.resolve("secret.bin"));
        Files.createSymbolicLink(folder.resolve("linked"), directory);
        OnnxModel model = outside(Samples.MODEL, "model.onnx.data");
        Files.write(file, with(model, Map.of(key, value)).bytes());
        assertRefused(message);
    }

    @Test
    void shouldRefuseAShapeOrATotalPastTwoGigabytesBeforeReading() throws IOException {
        OnnxModel model = outside(Samples.MODEL, "model.onnx.data");
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        graph.getInitializerBuilder(0).clearDims().addDims(1L << 35).addDims(1L << 35);
        Files.write(file, of(model, graph).bytes());
        assertRefused("have the shape");
        // three tensors over the same gigabyte of a sparse file
        try (var sparse =
                new java.io.RandomAccessFile(folder.resolve("model.onnx.data").toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        for (int i = 0; i < 3; i++) {
            graph.getInitializerBuilder(i).clearDims().addDims(1L << 28).clearExternalData();
            graph.getInitializerBuilder(i).addExternalData(entry("location", "model.onnx.data"));
        }
        Files.write(file, of(model, graph).bytes());
        assertRefused("more than 2 GB");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> OnnxModel.readWhole(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CORRUPT))
                .hasMessageContaining(message);
    }

    /** The model with its float weights in a file, as exporters write it. */
    private OnnxModel outside(OnnxModel model, String location) throws IOException {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            assertThat(tensor.hasRawData()).isTrue();
            tensor.addExternalData(entry("location", location))
                    .addExternalData(entry("offset", Integer.toString(data.size())))
                    .addExternalData(
                            entry("length", Integer.toString(tensor.getRawData().size())))
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL);
            data.write(tensor.getRawData().toByteArray());
            tensor.clearRawData();
        }
        Files.write(folder.resolve(location), data.toByteArray());
        return of(model, graph);
    }

    private static OnnxModel with(OnnxModel model, Map<String, String> changed) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        TensorProto.Builder tensor = graph.getInitializerBuilder(0);
        TreeMap<String, String> entries = new TreeMap<>();
        tensor.getExternalDataList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        entries.putAll(changed);
        tensor.clearExternalData();
        entries.forEach((key, value) -> tensor.addExternalData(entry(key, value)));
        return of(model, graph);
    }

    private static OnnxModel of(OnnxModel model, GraphProto.Builder graph) {
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
