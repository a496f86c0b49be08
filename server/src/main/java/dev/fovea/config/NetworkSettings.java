package dev.fovea.config;

import dev.fovea.config.binding.Checked;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** How the server is reached. Each component is a group of keys. */
public record NetworkSettings(ServerSettings server, AuthSettings auth, LimitSettings limits, ShutdownSettings shutdown)
        implements Checked {

    @Override
    public Stream<String> errors() {
        try {
            boolean local = InetAddress.getByName(server.host()).isLoopbackAddress();
            return local || !auth.apiKeys().isEmpty()
                    ? Stream.empty()
                    : Stream.of(
                            "auth.api-keys: none is set, and server.host %s can be reached from other machines. Set FOVEA_AUTH_API_KEYS to one or more keys of 16 characters, or bind to 127.0.0.1"
                                    .formatted(server.host()));
        } catch (UnknownHostException e) {
            return Stream.of("server.host: %s is no address of this machine".formatted(server.host()));
        }
    }
}
