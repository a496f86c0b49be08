package dev.fovea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    private Path home;

    /** What Kubernetes sets in a pod beside a Service called {@code fovea}, and one called {@code fovea-management}. */
    @Test
    void shouldNotTakeAServiceLinkOfKubernetesForASetting() {
        Map<String, String> injected = Map.of(
                "FOVEA_PORT", "tcp://10.96.12.7:80",
                "FOVEA_PORT_80_TCP", "tcp://10.96.12.7:80",
                "FOVEA_PORT_80_TCP_ADDR", "10.96.12.7",
                "FOVEA_SERVICE_HOST", "10.96.12.7",
                "FOVEA_SERVICE_PORT", "80",
                "FOVEA_MANAGEMENT_PORT", "tcp://10.96.12.8:8081",
                "FOVEA_GRPC_PORT", "udp://10.96.12.8:8082");
        ServerSettings settings = SettingsReader.read(home, Map.of(), injected);
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.managementPort()).isEqualTo(8081);
        assertThat(settings.grpcPort()).isEqualTo(8082);
    }

    @Test
    void shouldStillRefuseAPortThatIsNoNumber() {
        assertThatThrownBy(() -> SettingsReader.read(home, Map.of(), Map.of("FOVEA_PORT", "eighty")))
                .hasMessageContaining("port: \"eighty\" must be a whole number");
    }
}
