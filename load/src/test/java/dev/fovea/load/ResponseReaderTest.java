package dev.fovea.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    @Test
    void shouldReadConsecutiveResponses() throws IOException {
        ResponseReader reader = reader("HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                + "HTTP/1.1 429 Too Many Requests\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nbus\r\n1\r\ny\r\n0\r\nT: v\r\n\r\n"
                + "HTTP/1.1 204 No Content\r\n\r\n"
                + "HTTP/1.1 500 \r\nConnection: close\r\n\r\nrest");
        assertReads(reader, 200, "hi");
        assertReads(reader, 429, "busy");
        assertReads(reader, 204, "");
        assertThat(reader.reusable()).isTrue();
        assertReads(reader, 500, "rest");
        assertThat(reader.reusable()).isFalse();
    }

    @Test
    void shouldKeepAMegabyteAndReadPastTheRest() throws IOException {
        int length = 3 << 20;
        ResponseReader reader = reader("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "a".repeat(length)
                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(reader.next().body()).hasSize(1 << 20);
        assertReads(reader, 200, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi"})
    void shouldRejectATruncatedResponse(String wire) {
        assertThatThrownBy(reader(wire)::next).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void shouldNotTakeSomethingElseForHttp(String wire) {
        assertThatThrownBy(reader(wire)::next).isInstanceOf(ProtocolException.class);
    }

    private static void assertReads(ResponseReader reader, int status, String body) throws IOException {
        LoadResponse response = reader.next();
        assertThat(response.status()).isEqualTo(status);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    private static ResponseReader reader(String wire) {
        return new ResponseReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
