package dev.fovea.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want something done, state what they do not hold, or say two things at once. */
class HostileCheckpointTest {

    private static final long HUGE = 1L << 40;
    private static final int DAMAGED = Integer.getInteger("fovea.test.damaged", 100);

    @TempDir
    private Path directory;

    private FoveaException refusal(String name, byte[] file) {
        Path path = TorchFiles.write(directory, name, file);
        Throwable thrown = catchThrowable(() -> {
            try (Checkpoint checkpoint = Checkpoint.open(path)) {
                checkpoint.tensors().keySet().forEach(checkpoint::values);
            }
        });
        assertThat(thrown).isInstanceOf(FoveaException.class);
        return (FoveaException) thrown;
    }

    private void assertRefused(byte[] file, ErrorCode code, String said) {
        FoveaException refusal = refusal("weights.pth", file);
        assertThat(refusal.getMessage()).contains("weights.pth").contains(said);
        assertThat(refusal.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "builtins, getattr",
        "subprocess, Popen",
        "torch.hub, load",
        "torch.storage, _load_from_bytes",
        "torch, load",
        "collections, defaultdict"
    })
    void shouldNameTheFunctionThatAFileAsksFor(String module, String name) {
        byte[] pickle = new PickleBytes()
                .global(module, name)
                .raw('(')
                .text("touch /tmp/owned")
                .raw('t', 'R')
                .end();
        assertRefused(
                TorchFiles.archive(pickle, new byte[0]),
                ErrorCode.CHECKPOINT_UNSAFE,
                "\"%s.%s\"".formatted(module, name));
    }

    @Test
    void shouldRefuseCodeInTheOlderFormatToo() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new PickleBytes().magic().end());
        file.write(new PickleBytes().whole(1001).end());
        file.write(
                new PickleBytes().raw('}').text("little_endian").raw(0x88, 's').end());
        file.write(new PickleBytes()
                .global("os", "system")
                .raw('(')
                .text("id")
                .raw('t', 'R')
                .end());
        assertRefused(file.toByteArray(), ErrorCode.CHECKPOINT_UNSAFE, "\"os.system\"");
    }

    @Test
    void shouldRefuseAPickleThatIsNoCheckpoint() {
        assertRefused(new PickleBytes().raw('}').end(), ErrorCode.CHECKPOINT_UNSAFE, "pickle of other objects");
    }

    @Test
    void shouldRefuseFunctionsWithNamesFromTheStack() {
        byte[] pickle = new PickleBytes().text("os").text("system").raw(0x93).end();
        assertRefused(TorchFiles.archive(pickle, new byte[0]), ErrorCode.CHECKPOINT_UNSAFE, "\"os.system\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x92, 'o', 'i', 0x82, 0x83, 0x84, 'P', 0x96, 0xff})
    void shouldRefuseInstructionsThatTensorsDoNotNeed(int instruction) {
        byte[] pickle = new PickleBytes()
                .global("collections", "OrderedDict")
                .raw(')')
                .raw(instruction)
                .end();
        assertThat(refusal("weights.pth", TorchFiles.archive(pickle, new byte[0]))
                        .code())
                .isEqualTo(ErrorCode.CHECKPOINT_UNSAFE);
    }

    @Test
    void shouldRefuseStateOfWhatHasNone() {
        byte[] pickle = new PickleBytes().text("w").raw('}', 'b').end();
        assertRefused(TorchFiles.archive(pickle, new byte[0]), ErrorCode.CHECKPOINT_UNSAFE, "sets the state");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // count | offset | shape | strides | what is said
                "4 | 0 | 1099511627776 | 1 | 1099511627776",
                "4 | 0 | 1048576,1048576 | 1048576,1 | 1048576, 1048576",
                "4 | 0 | 9223372036854775807,9223372036854775807 | 1,1 | shape",
                "4 | 0 | 2 | 9223372036854775807 | outside",
                "4 | 0 | 2,2 | 0,0 | overlap",
                "4 | 0 | 2,2 | 1,1 | overlap",
                "4 | 0 | 2,2 | -2,1 | overlap",
                "4 | 0 | -2,2 | 2,1 | shape",
                "4 | 0 | 0 | 1 | shape",
                "4 | -1 | 2 | 1 | outside",
                "4 | 3 | 2 | 1 | but holds 1 values",
                "4 | 9223372036854775807 | 1 | 1 | outside",
                "4 | 0 | 2,2 | 3,1 | outside",
                "4 | 0 | 2 | 1,1 | outside",
                "5 | 0 | 5 | 1 | states 5 numbers",
                "1099511627776 | 0 | 1 | 1 | states 1099511627776 numbers",
                "-1 | 0 | 1 | 1 | outside"
            })
    void shouldRefuseTensorsThatTheFileDoesNotHold(long count, long offset, String shape, String strides, String said) {
        byte[] file = TorchFiles.oneTensor(count, offset, longs(shape), longs(strides));
        assertRefused(file, ErrorCode.CHECKPOINT_CORRUPT, said);
    }

    private static List<Long> longs(String text) {
        return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    @Test
    void shouldRefuseTensorsThatShareAPartOfTheirNumbers() {
        byte[] pickle = new PickleBytes()
                .raw('}', '(')
                .text("a")
                .tensor("0", 4, 0, List.of(3L), List.of(1L))
                .text("b")
                .tensor("0", 4, 2, List.of(2L), List.of(1L))
                .raw('u')
                .end();
        assertRefused(
                TorchFiles.archive(pickle, TorchFiles.numbers(4)),
                ErrorCode.CHECKPOINT_CORRUPT,
                "\"a\" and \"b\" over the same numbers");
    }

    @Test
    void shouldRefuseANameThatOccursTwice() {
        byte[] pickle = new PickleBytes()
                .raw('}', '(')
                .text("w")
                .tensor("0", 4, 0, List.of(2L), List.of(1L))
                .text("w")
                .tensor("0", 4, 2, List.of(2L), List.of(1L))
                .raw('u')
                .end();
        assertRefused(TorchFiles.archive(pickle, TorchFiles.numbers(4)), ErrorCode.CHECKPOINT_CORRUPT, "\"w\" twice");
    }

    @Test
    void shouldRefuseAStorageThatIsNotThere() {
        byte[] pickle = new PickleBytes()
                .raw('}')
                .text("w")
                .tensor("../../etc/passwd", 4, 0, List.of(4L), List.of(1L))
                .raw('s')
                .end();
        assertRefused(TorchFiles.archive(pickle, TorchFiles.numbers(4)), ErrorCode.CHECKPOINT_CORRUPT, "has no entry");
    }

    @Test
    void shouldEndAPickleThatGrowsWithoutEnd() {
        PickleBytes pickle = new PickleBytes();
        for (int i = 0; i < 1_100_000; i++) {
            pickle.raw('}');
        }
        assertRefused(TorchFiles.archive(pickle.end(), new byte[0]), ErrorCode.CHECKPOINT_CORRUPT, "instructions");
    }

    @Test
    void shouldReadADictionaryThatContainsItself() {
        byte[] pickle = new PickleBytes()
                .raw('}', 'q', 0, '(')
                .text("self")
                .raw('h', 0)
                .text("w")
                .tensor("0", 4, 0, List.of(4L), List.of(1L))
                .raw('u')
                .end();
        Path file = TorchFiles.write(directory, "w.pth", TorchFiles.archive(pickle, TorchFiles.numbers(4)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.values("w")).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void shouldRefuseCompressedEntries() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("weights/data.pkl"));
            zip.write(new byte[10_000_000]);
        }
        assertRefused(out.toByteArray(), ErrorCode.CHECKPOINT_CORRUPT, "compressed");
    }

    @Test
    void shouldRefuseEntriesInTheSameBytes() throws IOException {
        byte[] file = TorchFiles.archive(new PickleBytes().raw('}').end(), TorchFiles.numbers(4));
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int first = -1;
        for (int i = 0; i < file.length - 4; i++) {
            if (bytes.getInt(i) == 0x02014b50) {
                int header = bytes.getInt(i + 42);
                first = first < 0 ? header : first;
                bytes.putInt(i + 42, first); // every entry where the first one is
            }
        }
        assertThat(refusal("weights.pth", file).getMessage()).contains("same bytes");
    }

    @Test
    void shouldRefuseEntriesOfTheSameName() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            TorchFiles.stored(zip, "w/data.pkl", new PickleBytes().raw('}').end());
            TorchFiles.stored(zip, "w/data.pkm", new PickleBytes().raw(']').end());
        }
        String twice = out.toString(StandardCharsets.ISO_8859_1).replace("w/data.pkm", "w/data.pkl");
        assertRefused(
                twice.getBytes(StandardCharsets.ISO_8859_1),
                ErrorCode.CHECKPOINT_CORRUPT,
                "the entry \"w/data.pkl\" twice");
    }

    @Test
    void shouldRefuseTorchScript() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            TorchFiles.stored(zip, "net/data.pkl", new PickleBytes().raw('}').end());
            TorchFiles.stored(zip, "net/code/__torch__.py", new byte[] {'x'});
        }
        assertRefused(out.toByteArray(), ErrorCode.CHECKPOINT_UNSAFE, "TorchScript");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] torch = TorchFiles.oneTensor(4, 0, List.of(4L), List.of(1L));
        byte[] safe = TorchFiles.safetensors(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", TorchFiles.numbers(4));
        for (byte[] whole : List.of(torch, safe)) {
            for (int length = 0; length < whole.length; length++) {
                FoveaException refusal = refusal("weights.safetensors", Arrays.copyOf(whole, length));
                assertThat(refusal.code()).isEqualTo(ErrorCode.CHECKPOINT_CORRUPT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip.pth",
                "legacy.pth",
                "views.pth",
                "training.pth",
                "types.pth",
                "plain.safetensors",
                "evil.pth"
            })
    void shouldReadOrRefuseDamagedFiles(String file) throws IOException {
        byte[] whole;
        try (InputStream in = Objects.requireNonNull(HostileCheckpointTest.class.getResourceAsStream(file))) {
            whole = in.readAllBytes();
        }
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < DAMAGED; i++) {
            Path damaged = TorchFiles.write(directory, "damaged", damaged(whole, random));
            try (Checkpoint checkpoint = Checkpoint.open(damaged)) {
                checkpoint
                        .tensors()
                        .forEach((name, tensor) ->
                                assertThat(checkpoint.values(name)).hasSize((int) tensor.elements()));
            } catch (FoveaException e) {
                assertThat(e.code()).isIn(ErrorCode.CHECKPOINT_CORRUPT, ErrorCode.CHECKPOINT_UNSAFE);
            }
        }
    }

    /** A few bytes of extreme or random values somewhere, or a run of bytes moved. */
    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] damaged = whole.clone();
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            int at = random.nextInt(damaged.length);
            int length = Math.min(random.nextInt(1, 9), damaged.length - at);
            switch (random.nextInt(4)) {
                case 0 -> Arrays.fill(damaged, at, at + length, (byte) 0xff);
                case 1 -> Arrays.fill(damaged, at, at + length, (byte) 0);
                case 2 -> System.arraycopy(whole, random.nextInt(damaged.length - length + 1), damaged, at, length);
                default -> damaged[at] = (byte) random.nextInt(256);
            }
        }
        return damaged;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'w':{'dtype':'F32','shape':[4],'data_offsets':[0,20]} | of 16",
                "'w':{'dtype':'F32','shape':[4],'data_offsets':[8,4]} | of 16",
                "'w':{'dtype':'F32','shape':[4],'data_offsets':[-4,12]} | of 16",
                "'w':{'dtype':'F32','shape':[5],'data_offsets':[0,16]} | 16 bytes",
                "'w':{'dtype':'F32','shape':[1099511627776],'data_offsets':[0,16]} | 1099511627776",
                "'w':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,16]} | shape",
                "'w':{'dtype':'F32','shape':[-4],'data_offsets':[0,16]} | shape",
                "'w':{'dtype':'F32','shape':[1e40],'data_offsets':[0,16]} | whole numbers",
                "'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]} | 8 bytes",
                "'w':{'dtype':'F32','shape':[2],'data_offsets':[8,16]} | gap",
                "'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]},'b':{'dtype':'F32','shape':[2],'data_offsets':[8,16]} | overlap",
                "'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'b':{'dtype':'F32','shape':[4],'data_offsets':[0,16]} | two tensors",
                "'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]} | w",
                "'w':{'dtype':'F4','shape':[4],'data_offsets':[0,16]} | F4",
                "'w':{'shape':[4]} | dtype",
                "'w':7 | \"w\"",
                "'w | header"
            })
    void shouldRefuseHeadersThatDoNotFitTheFile(String described, String said) {
        byte[] file = TorchFiles.safetensors("{%s}".formatted(described.replace('\'', '"')), TorchFiles.numbers(4));
        FoveaException refusal = refusal("weights.safetensors", file);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CHECKPOINT_CORRUPT);
        if (!said.equals("dtype")) {
            assertThat(refusal.getMessage()).contains(said);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {HUGE, 4L << 30, -1, 0, 9_000_000})
    void shouldRefuseAHeaderOfGigabytes(long length) {
        byte[] file = ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{')
                .array();
        assertThatThrownBy(() -> {
                    throw refusal("weights.safetensors", file);
                })
                .hasMessageContaining("header")
                .hasMessageContaining(Long.toUnsignedString(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7f800000, 0xff800000, 0x7fc00000})
    void shouldRefuseValuesThatAreNoNumbers(int bits) {
        byte[] numbers = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bits)
                .array();
        FoveaException refusal = refusal(
                "w.safetensors",
                TorchFiles.safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", numbers));
        assertThat(refusal.getMessage().toLowerCase(Locale.ROOT)).contains("diverged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "\u0089HDF\r\n", "ustar"})
    void shouldRefuseFilesOfOtherKinds(String content) {
        assertThat(refusal("weights.pth", content.getBytes(StandardCharsets.ISO_8859_1))
                        .code())
                .isEqualTo(ErrorCode.CHECKPOINT_CORRUPT);
    }
}
