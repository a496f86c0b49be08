package dev.fovea.cli;

import dev.fovea.cli.terminal.CliCommand;
import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.config.ProgramVersion;
import dev.fovea.config.SettingsReader;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.pipeline.NetworkUse;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.server.Application;
import dev.fovea.server.FoveaServer;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code fovea doctor}. */
@Command(
        name = "doctor",
        description = {
            "Tests the program on this machine.",
            "It registers a small network in a temporary home, serves it on a free port, predicts an image over HTTP and stops."
        },
        footer = {"", "Example:  fovea doctor"})
final class DoctorCommand extends CliCommand {

    private static final String MODEL = "doctor";
    private static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "stretch", "size": [64], "filter": "area", "engine": "opencv"}}
            """;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (TemporaryHome temporary = new TemporaryHome()) {
            register(temporary.path());
            Map<String, String> ports = Map.of("server.port", "0");
            try (FoveaServer server = FoveaServer.start(SettingsReader.read(temporary.path(), ports, Map.of()))) {
                server.awaitManagementApi();
                String models = get(server.address() + "/v1/models");
                String prediction = post(server.address() + "/v1/models/" + MODEL + "/predict");
                get(server.address() + "/v1/models/" + MODEL);
                get("http://127.0.0.1:" + server.managementPort() + "/health/readiness");
                terminal()
                        .say("This machine runs Fovea %s: %d bytes of models listed, one image predicted: %s"
                                .formatted(ProgramVersion.current(), models.length(), prediction));
            }
        }
        return 0;
    }

    private static void register(Path home) throws IOException {
        try (Application application = Application.open(home)) {
            Path file = home.resolve(MODEL + ".onnx");
            var contract = PreprocessingContractJson.read(CONTRACT);
            Files.write(
                    file,
                    NetworkBuilder.build(
                                    NetworkBuilder.Family.MOBILE,
                                    NetworkBuilder.Scale.SMALL,
                                    contract.color().channels(),
                                    contract.outputSize(),
                                    3,
                                    1)
                            .bytes());
            application
                    .imports()
                    .run(
                            new ModelImport.Request(
                                    file,
                                    MODEL,
                                    new NetworkUse(
                                            Optional.of(contract), Optional.empty(), List.of("none", "hole", "tear")),
                                    Map.of(),
                                    "",
                                    Optional.empty(),
                                    PromotionPolicy.ALWAYS,
                                    "for fovea doctor"),
                            (step, done, of) -> {});
        }
    }

    private static String get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    private static String post(String address) throws IOException, InterruptedException {
        byte[] image = Fabric.jpeg(FabricClass.HOLE, 7, Fabric.Conditions.USUAL);
        return send(HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofByteArray(image))
                .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new FoveaException(
                        ErrorCode.INTERNAL,
                        "%s responded %d: %s".formatted(request.uri(), response.statusCode(), response.body()));
            }
            return response.body();
        }
    }
}
