package dev.fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.docs.GeneratedPage;
import dev.fovea.docs.GeneratedPage.Section;
import dev.fovea.edge.Problem;
import dev.fovea.edge.ProblemMapper;
import dev.fovea.edge.telemetry.FailedRequest;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/errors.md} has a section for each code, and the type of each problem leads to it. */
class ErrorsReferenceTest {

    @Test
    void shouldDescribeEveryCodeWithItsCauseAndRemedy() throws IOException {
        GeneratedPage.check(
                "errors",
                Arrays.stream(ErrorCode.values())
                        .map(ErrorsReferenceTest::section)
                        .toList(),
                "**Cause.**",
                "**Remedy.**");
    }

    private static Section section(ErrorCode code) {
        FoveaException error = new FoveaException(code, "message");
        Problem problem = ProblemMapper.response(error, new FailedRequest("request", "GET", "/v1/models"))
                .problem();
        String anchor = code.name().toLowerCase(Locale.ROOT);
        assertThat(problem.type()).isEqualTo("/docs/reference/errors#" + anchor);
        return new Section(
                "## %s {#%s}".formatted(code.name(), anchor),
                "HTTP %d · gRPC %s"
                        .formatted(problem.status(), GrpcStatus.of(error).getCode()));
    }
}
