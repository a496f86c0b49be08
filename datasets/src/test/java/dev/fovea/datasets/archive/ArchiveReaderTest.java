package dev.fovea.datasets.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.SkippedFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {

    private static final ArchiveLimits SMALL = new ArchiveLimits(50, 1_000_000, 80_000_000, 10);

    @TempDir
    private Path folder;

    private final Map<String, String> found = new LinkedHashMap<>();

    private ArchiveReport read(byte[] archive, ArchiveLimits limits) throws IOException {
        Path file = folder.resolve("archive");
        Files.write(file, archive);
        return new ArchiveReader(limits).read(file, it -> found.put(it.name(), new String(it.bytes(), UTF_8)));
    }

    private ArchiveReport read(byte[] archive) throws IOException {
        return read(archive, SMALL);
    }

    private static byte[] zip(Charset names, String... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, names)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void assertRefused(ThrowingCallable reading, String... parts) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(FoveaException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID);
            assertThat(e.getMessage()).contains(parts);
        });
    }

    @Test
    void shouldReadTheFilesOfAZipInOrder() throws IOException {
        ArchiveReport report =
                read(zip(UTF_8, "a/", "", "a/größe.jpg", "one", "./b//two.jpg", "two!", "c\\3.jpg", "3"));

        assertThat(found)
                .containsExactly(
                        Map.entry("a/größe.jpg", "one"), Map.entry("b/two.jpg", "two!"), Map.entry("c/3.jpg", "3"));
        assertThat(report).isEqualTo(new ArchiveReport(3, 8, java.util.List.of()));
    }

    @Test
    void shouldReadNamesInTheOldEncodingOfZip() throws IOException {
        read(zip(Charset.forName("IBM437"), "größe.jpg", "one"));

        assertThat(found).containsKey("größe.jpg");
    }

    @Test
    void shouldReadTheSameFilesOfATarWithAndWithoutGzip() throws IOException {
        byte[] tar = new TarFile()
                .member('5', "a/", new byte[0])
                .file("a/1.jpg", "one")
                .file("a/empty.jpg", "")
                .file("b/2.jpg", "x".repeat(1024))
                .ended();
        ArchiveReport plain = read(tar);
        Map<String, String> files = new LinkedHashMap<>(found);
        found.clear();

        ArchiveReport packed = read(gzip(tar));

        assertThat(files)
                .containsExactly(
                        Map.entry("a/1.jpg", "one"),
                        Map.entry("a/empty.jpg", ""),
                        Map.entry("b/2.jpg", "x".repeat(1024)));
        assertThat(found).isEqualTo(files);
        assertThat(packed).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void shouldReadWhatTarWrites(String format) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("images"));
        String deep = "folder-of-a-long-name-%s/".formatted("y".repeat(60)) + "file-%s.jpg".formatted("z".repeat(60));
        Files.createDirectories(root.resolve(deep).getParent());
        Files.writeString(root.resolve(deep), "deep");
        Files.writeString(root.resolve("1.jpg"), "one");
        Files.createLink(root.resolve("2-hard.jpg"), root.resolve("1.jpg"));
        Files.createSymbolicLink(root.resolve("3-soft.jpg"), Path.of("1.jpg"));
        Path archive = folder.resolve(format + ".tar.gz");
        Process tar;
        try {
            tar = new ProcessBuilder(
                            "tar",
                            "-czf",
                            archive.toString(),
                            "--sort=name",
                            "--format=" + format,
                            "-C",
                            root.toString(),
                            ".")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("skipped: no tar on this machine");
            return;
        }
        assertThat(tar.waitFor()).isZero();

        ArchiveReport report =
                new ArchiveReader(SMALL).read(archive, it -> found.put(it.name(), new String(it.bytes(), UTF_8)));

        assertThat(found).containsOnly(Map.entry("1.jpg", "one"), Map.entry(deep, "deep"));
        assertThat(report.skipped())
                .containsExactly(new SkippedFile("2-hard.jpg", "a link"), new SkippedFile("3-soft.jpg", "a link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.jpg", "/etc/evil.jpg", "a/../../evil.jpg", "C:\\evil.jpg", "..\\evil.jpg", "a/.."})
    void shouldRefuseAnArchiveWhoseNamesEscape(String name) throws IOException {
        byte[] zip = zip(UTF_8, "good.jpg", "good", name, "evil");
        byte[] tar = new TarFile().file("good.jpg", "good").file(name, "evil").ended();

        assertRefused(() -> read(zip), name, "leads outside", "relative names");
        assertThat(found).isEmpty();
        assertRefused(() -> read(tar), "leads outside");
        assertRefused(() -> read(new TarFile().header('2', name, 0).ended()), "leads outside");
    }

    @Test
    void shouldReportWhatIsLeftOut() throws IOException {
        ArchiveReport report = read(zip(
                UTF_8,
                "a/.DS_Store",
                "x",
                "__MACOSX/a/._1.jpg",
                "x",
                "a/inner.ZIP",
                "x",
                "a/inner.tar.gz",
                "x",
                "a/large.jpg",
                "x".repeat(1_000_001),
                "a/bell\u0007.jpg",
                "x",
                "a/1.jpg",
                "one",
                "a//1.jpg",
                "again"));

        assertThat(found).containsExactly(Map.entry("a/1.jpg", "one"));
        assertThat(report.skipped())
                .extracting(SkippedFile::path)
                .containsExactly(
                        "a/.DS_Store",
                        "__MACOSX/a/._1.jpg",
                        "a/inner.ZIP",
                        "a/inner.tar.gz",
                        "a/large.jpg",
                        "a/bell\\u0007.jpg",
                        "a/1.jpg");
        assertThat(report.skipped().get(2).reason()).contains("unpack it first");
        assertThat(report.skipped().getLast().reason()).contains("twice");
    }

    @Test
    void shouldLeaveOutLinksAndDevicesOfATar() throws IOException {
        byte[] tar = new TarFile()
                .header('1', "hard.jpg", 0)
                .header('2', "soft.jpg", 99) // links may state a size and have no content
                .header('3', "device.jpg", 0)
                .member('S', "sparse.jpg", new byte[600])
                .file("1.jpg", "one")
                .ended();

        ArchiveReport report = read(tar);

        assertThat(found).containsExactly(Map.entry("1.jpg", "one"));
        assertThat(report.skipped())
                .extracting(SkippedFile::reason)
                .containsExactly("a link", "a link", "not a regular file", "not a regular file");
    }

    @Test
    void shouldRefuseTooManyEntriesBeforeUnpackingAny() throws IOException {
        String[] many = new String[102];
        for (int i = 0; i < 51; i++) {
            many[2 * i] = i + ".jpg";
            many[2 * i + 1] = "x";
        }
        byte[] zip = zip(UTF_8, many);

        assertRefused(() -> read(zip), "50.jpg", "50 entries", "raise the limit");
        assertThat(found).isEmpty();
    }

    @Test
    void shouldRefuseABombByItsRatio() throws IOException {
        String zeros = "\0".repeat(900_000);
        String[] bomb = new String[98];
        for (int i = 0; i < 49; i++) {
            bomb[2 * i] = i + ".bmp";
            bomb[2 * i + 1] = zeros;
        }
        byte[] zip = zip(UTF_8, bomb);
        TarFile tar = new TarFile();
        for (int i = 0; i < 80; i++) {
            tar.file(i + ".bmp", zeros);
        }
        byte[] packed = gzip(tar.ended());
        ArchiveLimits limits = new ArchiveLimits(1000, 1_000_000, 500_000_000, 10);

        assertThat(read(zip, limits).files()).isEqualTo(49); // 44 MB: below what is free
        assertRefused(() -> read(packed, limits), "74.bmp", "per byte of the archive", "without this file");
    }

    @Test
    void shouldRefuseMoreUnpackedBytesThanTheLimitAlsoInSkippedEntries() throws IOException {
        TarFile tar = new TarFile();
        byte[] inner = new byte[900_000];
        for (int i = 0; i < 40; i++) {
            tar.member('0', i + ".zip", inner);
        }
        byte[] bytes = tar.ended();

        assertRefused(
                () -> read(bytes, new ArchiveLimits(1000, 1_000_000, 10_000_000, 1000)),
                "11.zip",
                "10,000,000 unpacked");
    }

    @Test
    void shouldRefuseATarThatStatesMoreThanItHas() {
        assertRefused(() -> read(new TarFile().header('0', "a.jpg", 900_000).ended()), "cut short");
        assertRefused(
                () -> read(new TarFile().header('0', "a.zip", 8_000_000_000L).ended()), "cut short");
        assertRefused(() -> read(new TarFile().header('x', "a", 8_000_000_000L).ended()), "damaged");
        assertRefused(() -> read(new TarFile().header('L', "a", 4000).bytes()), "cut short");
    }

    @Test
    void shouldGoOnAfterADamagedEntry() throws IOException {
        byte[] zip = zip(UTF_8, "bad.jpg", "b".repeat(2000), "good.jpg", "good");
        int content = 30 + "bad.jpg".length();
        zip[content + 3] ^= 0x55;

        ArchiveReport report = read(zip);

        assertThat(found).containsOnlyKeys("good.jpg");
        assertThat(report.skipped()).extracting(SkippedFile::path).containsExactly("bad.jpg");
    }

    @Test
    void shouldRefuseWhatIsNoArchiveItReads() {
        assertRefused(() -> read(new byte[0]), "cut short");
        assertRefused(() -> read("BZh91AY&SY".getBytes(UTF_8)), "bzip2", "TAR with gzip");
        assertRefused(() -> read("no archive".repeat(100).getBytes(UTF_8)), "not an archive", "TAR with gzip");
        assertRefused(() -> read(gzip("short".getBytes(UTF_8))), "cut short");
        assertRefused(() -> new ArchiveReader(SMALL).read(folder.resolve("absent.zip"), it -> {}), "cannot be read");
    }

    /** Each is read or refused with a code; nothing else escapes. */
    @Test
    void shouldReadOrRefuseDamagedArchives() throws IOException {
        byte[] tar = new TarFile()
                .file("a/1.jpg", "one")
                .header('x', "p", 12)
                .content("12 path=a/b\n".getBytes(UTF_8))
                .file("c", "d")
                .ended();
        Random random = new Random(5);
        for (byte[] archive : new byte[][] {zip(UTF_8, "a/1.jpg", "one".repeat(50), "b.jpg", "two"), tar, gzip(tar)}) {
            for (int round = 0; round < 1500; round++) {
                byte[] damaged = archive.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                byte[] cut = round % 3 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
                try {
                    assertThat(read(cut).files()).isBetween(0L, 3L);
                } catch (FoveaException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID);
                }
            }
        }
    }
}
