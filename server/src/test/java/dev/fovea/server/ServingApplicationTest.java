package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.config.Settings;
import dev.fovea.config.SettingsReader;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The serving half without a framework. */
class ServingApplicationTest {

    private static final VersionId SHIRTS = new VersionId("shirts", 1);

    @Test
    void shouldServeFromStartToClose() throws IOException {
        try (TemporaryHome home = new TemporaryHome()) {
            try (Application commands = Application.open(home.path())) {
                RunningServer.shirts(new TestModels(commands));
            }
            Settings settings = SettingsReader.read(home.path(), Map.of("server.port", "0"), Map.of());
            ServingApplication application = ServingApplication.open(settings);
            try (application) {
                assertThat(application.models().state(SHIRTS)).isEmpty();
                application.start();
                assertThat(application.models().isReady("shirts", Optional.empty()))
                        .isTrue();
                assertThatThrownBy(() -> ServingApplication.open(settings))
                        .isInstanceOfSatisfying(
                                FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT));
                assertThat(application.registry().models())
                        .as("the home stays open")
                        .hasSize(1);
            }
            assertThat(application.models().isReady()).isFalse();
            try (Application commands = Application.open(home.path())) {
                assertThat(commands.home().isServed()).isFalse();
            }
        }
    }
}
