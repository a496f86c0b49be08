package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.Signature;
import dev.fovea.wire.ModelInferRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes are a call or the caller's fault, and cost memory by their own size and not by what they announce. */
class HostileBytesTest {

    private static final Signature MODEL = new Signature(
            List.of(new TensorMetadata("x", DataType.FP32, new long[] {-1, 2})),
            List.of(new TensorMetadata("y", DataType.FP32, new long[] {-1, 2})),
            true);
    private static final String SEED =
            "{\"id\": \"1\", \"parameters\": {\"priority\": 2, \"timeout\": 9, \"binary_data_output\": true},"
                    + "\"inputs\": [{\"data\": [[1, 2.5e3]], \"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\"},"
                    + "{\"name\": \"b\", \"shape\": [1, 2], \"datatype\": \"BYTES\", \"parameters\": {\"binary_data_size\": 4}}],"
                    + "\"outputs\": [{\"name\": \"y\", \"parameters\": {\"classification\": 3, \"binary_data\": false}}]}\0\0\0\0";
    private static final long ROOM_FOR_ANYTHING = 2_000_000;
    private static final long TIMES_ITS_SIZE = 40;

    /** Loading the classes of reader and assertions takes some megabytes, which are no request's. */
    @BeforeContainer
    @BeforeAll
    static void loadClasses() {
        byte[] seed = SEED.getBytes(StandardCharsets.UTF_8);
        attempt(() -> JsonInferReader.request(seed, seed.length));
        attempt(() -> JsonInferReader.request(seed, seed.length / 2));
    }

    @Property(tries = 2000)
    void shouldSurviveAnyBytesAsJson(@ForAll byte[] body, @ForAll int length) {
        assertHarmless(() -> JsonInferReader.request(body, length & Integer.MAX_VALUE), body.length);
        assertHarmless(() -> JsonInferReader.request(body, body.length), body.length);
    }

    @Property(tries = 3000)
    void shouldSurviveRequestsThatWereTamperedWith(@ForAll("tampered") byte[] body, @ForAll int length) {
        assertHarmless(() -> JsonInferReader.request(body, Math.floorMod(length, body.length + 1)), body.length);
        assertHarmless(() -> JsonInferReader.request(body, Math.max(0, body.length - 4)), body.length);
    }

    @Property(tries = 2000)
    void shouldSurviveAnyPiecesOfJson(@ForAll("pieces") List<String> pieces) {
        byte[] body = String.join("", pieces).getBytes(StandardCharsets.UTF_8);
        assertHarmless(() -> JsonInferReader.request(body, body.length), body.length);
    }

    @Property(tries = 2000)
    void shouldSurviveAnyMessage(@ForAll("messages") byte[] bytes) {
        ModelInferRequest request;
        try {
            request = ModelInferRequest.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return; // never gets here: the transport refuses it
        }
        assertHarmless(() -> GrpcInference.read(request), bytes.length);
    }

    @Property(tries = 500)
    void shouldSurviveAnyRawBody(@ForAll byte[] body) {
        assertHarmless(() -> RawInput.read(body, MODEL.inputs()), body.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [4611686018427387904], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [4294967296, 4294967296], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-9223372036854775808, 2], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [2147483647, 2], \"data\": []}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"parameters\": {\"binary_data_size\": 1099511627776}}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"parameters\": {\"binary_data_size\": 9223372036854775807}}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"BYTES\", \"shape\": [2147483647], \"parameters\": {\"binary_data_size\": 0}}]}",
                "{\"outputs\": [{\"name\": \"y\", \"parameters\": {\"classification\": 9223372036854775807}}], \"inputs\": []}",
                "{\"inputs\": [], \"parameters\": {\"timeout\": 1e99999999}}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP64\", \"shape\": [1], \"data\": [1e-99999999]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"INT64\", \"shape\": [1], \"data\": [1E+999999999]}]}"
            })
    void shouldNotReserveWhatIsOnlyAnnounced(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertHarmless(() -> JsonInferReader.request(body, body.length), body.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": [{\"name\": \"x\", \"data\": [%s[]], \"shape\": [0], \"datatype\": \"FP32\"}]}",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [0], \"datatype\": \"FP32\", \"data\": [%s[]]}]}",
                "{\"inputs\": [], \"parameters\": {\"unknown\": [%s[]]}}",
                "{\"inputs\": [], \"unknown\": [%s[]]}",
                "{\"inputs\": [], \"outputs\": [{\"parameters\": {\"unknown\": [%s[]]}}]}"
            })
    void shouldNotBuildTreesOfWhatItDoesNotNeed(String json) {
        byte[] body = json.formatted("[],".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        long before = allocated();
        assertHarmless(() -> JsonInferReader.request(body, body.length), body.length);
        assertThat(allocated() - before).isLessThan(body.length);
    }

    private static void assertHarmless(Supplier<InferRequest> reader, int size) {
        long before = allocated();
        attempt(reader);
        assertThat(allocated() - before).isLessThan(ROOM_FOR_ANYTHING + TIMES_ITS_SIZE * size);
    }

    private static void attempt(Supplier<InferRequest> reader) {
        try {
            MODEL.require(reader.get().inputs());
        } catch (FoveaException e) {
            assertThat(e.code().kind()).as(e.toString()).isEqualTo(ErrorCode.Kind.BAD_INPUT);
            assertThat(e.getMessage()).hasSizeLessThan(100_000);
        }
    }

    /** Bytes that this thread has ever allocated. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Provide
    Arbitrary<byte[]> tampered() {
        return Arbitraries.longs().map(seed -> tampered(SEED.getBytes(StandardCharsets.UTF_8), new Random(seed)));
    }

    @Provide
    Arbitrary<byte[]> messages() {
        byte[] valid = ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(2))
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                        .setName("y"))
                .addRawInputContents(com.google.protobuf.ByteString.copyFrom(new byte[8]))
                .build()
                .toByteArray();
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                Arbitraries.longs().map(seed -> tampered(valid, new Random(seed))));
    }

    /** A few bytes changed, doubled or cut out. */
    private static byte[] tampered(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from);
            switch (random.nextInt(3)) {
                case 0 -> bytes[from] = (byte) random.nextInt(256);
                case 1 -> System.arraycopy(bytes, from, bytes, random.nextInt(from + 1), to - from);
                default -> bytes[to] = (byte) "{}[]\",:-019eE.ntf".charAt(random.nextInt(17));
            }
        }
        return bytes;
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"inputs\":",
                        "\"outputs\":",
                        "\"parameters\":",
                        "\"data\":",
                        "\"shape\":",
                        "\"datatype\":",
                        "\"name\":",
                        "\"id\":",
                        "\"FP32\"",
                        "\"BYTES\"",
                        "\"INT8\"",
                        "\"UINT64\"",
                        "\"BOOL\"",
                        "\"FP16\"",
                        "\"x\"",
                        "1",
                        "-1",
                        "0.5",
                        "1e999",
                        "null",
                        "true",
                        "{\"inputs\":[{",
                        "\"data\":[1,2],",
                        "\"binary_data_size\":",
                        "18446744073709551616")
                .list()
                .ofMaxSize(40);
    }
}
