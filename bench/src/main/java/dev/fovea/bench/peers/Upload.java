package dev.fovea.bench.peers;

import dev.fovea.bench.BenchConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How an image travels in a request. */
interface Upload {

    /** The image is the body. */
    Upload RAW = (path, image) -> BenchConnection.posting(path, "image/jpeg", image);

    /** A whole request. */
    byte[] request(String path, byte[] image);

    /**
     * A BYTES tensor named {@code image} in the binary tensor extension of the Open Inference Protocol, for the five
     * best labels of an output.
     */
    static Upload tensor(String output) {
        return (path, image) -> {
            int length = Integer.BYTES + image.length;
            byte[] json = """
                    {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":%d}}],\
                    "outputs":[{"name":"%s","parameters":{"classification":5}}]}""".formatted(length, output).getBytes(StandardCharsets.UTF_8);
            ByteBuffer body = ByteBuffer.allocate(json.length + length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(json)
                    .putInt(image.length)
                    .put(image);
            Map<String, String> headers = Map.of(
                    "Content-Type",
                    "application/octet-stream",
                    "Inference-Header-Content-Length",
                    String.valueOf(json.length));
            return BenchConnection.posting(path, headers, body.array());
        };
    }

    /** A form with one file. */
    static Upload form(String field) {
        String boundary = "fovea-bench-4f1d";
        byte[] head = """
                --%s\r
                Content-Disposition: form-data; name="%s"; filename="image.jpg"\r
                Content-Type: image/jpeg\r
                \r
                """.formatted(boundary, field).getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.US_ASCII);
        return (path, image) -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream(head.length + image.length + tail.length);
            body.writeBytes(head);
            body.writeBytes(image);
            body.writeBytes(tail);
            return BenchConnection.posting(path, "multipart/form-data; boundary=" + boundary, body.toByteArray());
        };
    }
}
