package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import dev.fovea.config.binding.Key;
import java.util.stream.Stream;

/** Where the server listens. */
public record ServerSettings(
        @Key(
                value = "127.0.0.1",
                option = "--host",
                text = "Address to bind. An address that other machines can reach requires `auth.api-keys`.")
        String host,

        @Key(
                value = "8080",
                min = "0",
                max = "65535",
                option = "--port",
                text = "Port of the API and the console. 0 takes a free port.")
        int port,

        @Key(
                computed = "server.port + 1",
                min = "0",
                max = "65535",
                option = "--management-port",
                text = "Port of health and metrics. 0 takes a free port.")
        int managementPort,

        @Key(
                computed = "server.port + 2",
                min = "0",
                max = "65535",
                option = "--grpc-port",
                text = "Port of the Open Inference Protocol over gRPC. 0 takes a free port.")
        int grpcPort,

        @Key(
                value = "1024",
                min = "1",
                max = "100000",
                text = "Max open connections on the API port, and as many again over gRPC. More wait until one closes.")
        int maxConnections)
        implements Checked {

    @Override
    public Stream<String> errors() {
        Stream.Builder<String> errors = Stream.builder();
        if (port != 0 && port == managementPort) {
            errors.add("server.management-port: %d is server.port too; choose another".formatted(port));
        }
        if (grpcPort != 0 && (grpcPort == port || grpcPort == managementPort)) {
            errors.add("server.grpc-port: %d is another port of this server too; choose another".formatted(grpcPort));
        }
        return errors.build();
    }
}
