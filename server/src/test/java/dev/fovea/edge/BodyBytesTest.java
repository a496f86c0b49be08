package dev.fovea.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyBytesTest {

    private static final int LIMIT = 3_000_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, -1",
        "1, 1",
        "100000, 100000",
        "262144, 262144",
        "262145, -1",
        "3000000, 3000000",
        "3000000, -1",
        // a sender that says more than it sends
        "5, 100",
        "5, 3000000",
        "300000, 2000000"
    })
    void shouldReadWholeBodies(int length, long announced) throws IOException {
        byte[] sent = drawn(length);
        assertThat(BodyBytes.read(new ByteArrayInputStream(sent), announced, LIMIT))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"3000001, -1", "9000000, -1", "9000000, 9000000"})
    void shouldReadOneByteMoreThanTheLimitOfLargerBodies(int length, long announced) throws IOException {
        byte[] sent = drawn(length);
        assertThat(BodyBytes.read(new ByteArrayInputStream(sent), announced, LIMIT))
                .isEqualTo(Arrays.copyOf(sent, LIMIT + 1));
    }

    private static byte[] drawn(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
