package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.Run;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void shouldRegisterAndServeANetworkAndPredictAnImage() {
        Run run = Run.of("doctor");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("one image predicted").contains("\"model\":\"doctor\"");
    }
}
