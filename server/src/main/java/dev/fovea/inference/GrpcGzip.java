package dev.fovea.inference;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Gzip that is opened when a message is parsed, where {@link GarbageCheck} catches what is no gzip; gRPC's own opens it
 * in the transport, returns UNKNOWN and logs a stack trace.
 */
final class GrpcGzip implements Decompressor {

    private GrpcGzip() {}

    /** What clients may send compressed. */
    static DecompressorRegistry registry() {
        return DecompressorRegistry.emptyInstance().with(new GrpcGzip(), true).with(Codec.Identity.NONE, false);
    }

    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream compressed) {
        return new Late(compressed);
    }

    private static final class Late extends InputStream {
        private final InputStream compressed;
        private @Nullable InputStream opened;

        Late(InputStream compressed) {
            this.compressed = compressed;
        }

        private InputStream opened() throws IOException {
            if (opened == null) {
                opened = new GZIPInputStream(compressed);
            }
            return opened;
        }

        @Override
        public int read() throws IOException {
            return opened().read();
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            return opened().read(bytes, at, length);
        }

        @Override
        public void close() throws IOException {
            (opened == null ? compressed : opened).close();
        }
    }
}
