package dev.fovea.cli.predict;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea inspect}. */
@Command(
        name = "inspect",
        description = {
            "Shows the content of an ONNX file.",
            "Inputs, outputs, operators, opset, number of parameters, and the metadata of its exporter."
        },
        footer = {"", "Example:  fovea inspect squeezenet.onnx"})
public final class InspectCommand extends CliCommand {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model's file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Inspected(
            String file,
            String producer,
            Map<String, Long> opsets,
            List<InspectedTensor> inputs,
            List<InspectedTensor> outputs,
            long parameters,
            Map<String, Integer> operators,
            Map<String, String> metadata) {}

    /** An input or output in {@code --json}. */
    record InspectedTensor(String name, String type, List<String> shape) {
        static InspectedTensor of(TensorSpec spec) {
            return new InspectedTensor(
                    spec.name(),
                    spec.type(),
                    spec.axes().stream().map(TensorSpec.Axis::toString).toList());
        }
    }

    @Override
    public Integer call() {
        OnnxModel model = OnnxModel.read(file);
        Inspected inspected = new Inspected(
                file.toString(),
                model.producer(),
                model.opsets(),
                model.inputs().stream().map(InspectedTensor::of).toList(),
                model.outputs().stream().map(InspectedTensor::of).toList(),
                model.parameters(),
                model.operators(),
                model.metadata());
        if (json) {
            terminal().json(inspected);
            return 0;
        }
        TextTable table = new TextTable("WHAT", "VALUE");
        table.row("producer", inspected.producer());
        table.row("opset", inspected.opsets());
        inspected.inputs().forEach(input -> table.row("input", words(input)));
        inspected.outputs().forEach(output -> table.row("output", words(output)));
        table.row("parameters", String.format(Locale.ROOT, "%,d", inspected.parameters()));
        table.row("operators", inspected.operators());
        inspected.metadata().forEach((key, value) -> table.row(key, value));
        terminal().say(table.toString());
        return 0;
    }

    private static String words(InspectedTensor tensor) {
        return tensor.name() + " " + tensor.type() + " " + tensor.shape();
    }
}
