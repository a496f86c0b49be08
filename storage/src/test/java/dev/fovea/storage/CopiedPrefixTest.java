package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.SkippedFile;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.DatasetIntake;
import dev.fovea.datasets.curation.DatasetSource;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.storage.s3.CopiedPrefix;
import dev.fovea.storage.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a bucket, on a real object store. */
class CopiedPrefixTest {

    private static final long MAX_BYTES = 20_000;

    @TempDir
    private Path directory;

    private Home home;
    private String bucket;
    private Path objects;

    @BeforeEach
    void open() throws IOException {
        S3Settings own = S3Server.shared().create();
        S3Settings other = S3Server.shared().create();
        bucket = other.bucket();
        objects = S3Server.shared().files(other).resolveSibling("").resolve("line 3");
        Files.createDirectories(objects);
        home = Home.open(new HomeSettings(directory.resolve("home"), Optional.empty(), Optional.of(own)), "0.1.0");
    }

    @AfterEach
    void close() throws IOException {
        if (home != null) {
            try (Stream<Path> left = Files.list(directory.resolve("home/tmp"))) {
                assertThat(left).isEmpty();
            }
            home.close();
        }
    }

    @Test
    void shouldReadFoldersBelowThePrefixAsClasses() throws IOException {
        for (int i = 0; i < 6; i++) {
            put("%s/%d é.png".formatted(i % 2 == 0 ? "hole" : "none", i), NoiseImages.png(i));
        }
        put("none/again.png", NoiseImages.png(1));
        put("none/torn.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        Files.createDirectories(objects.resolveSibling("line 33/hole"));
        Files.write(objects.resolveSibling("line 33/hole/9.png"), NoiseImages.png(9));
        Datasets datasets = datasets();
        datasets.create("shirts", ImageTask.CLASSIFICATION, List.of(), "ada");
        try (CopiedPrefix copies = copy("homes/line 3")) {
            AddReport report = add(datasets, copies);
            assertThat(report.counts().added()).isEqualTo(6);
            assertThat(report.counts().repeated()).isEqualTo(1);
            assertThat(report.newClasses()).containsExactly("hole", "none");
            assertThat(add(datasets, copies).counts().added()).isZero();
        }
        List<DatasetItem> items = datasets.page("shirts", ItemFilter.ALL, 0, 100);
        assertThat(items)
                .extracting(DatasetItem::source)
                .contains("s3://%s/homes/line 3/hole/0 é.png".formatted(bucket))
                .hasSize(6);
    }

    @Test
    void shouldListByPageAndLeaveOutWhatCannotBeRead() throws IOException {
        for (int i = 0; i < 1002; i++) {
            put("%d.txt".formatted(i), new byte[] {1});
        }
        put("large.png", new byte[(int) MAX_BYTES + 1]);
        put("old.tar.gz", new byte[] {1});
        put(".hidden/1.png", new byte[] {1});
        try (CopiedPrefix copies = copy("homes/line 3/")) {
            try (Stream<Path> files = Files.list(copies.folder())) {
                assertThat(files).hasSize(1002);
            }
            assertThat(copies.skipped())
                    .extracting(SkippedFile::path)
                    .containsExactlyInAnyOrder("large.png", "old.tar.gz", ".hidden/1.png");
            assertThat(copies.skipped().toString()).contains("it has 20,001 bytes; the limit is 20,000");
        }
    }

    @Test
    void shouldNameObjectsThatTheStoreListsAndDoesNotHandOut() throws IOException {
        put("1.png", NoiseImages.png(1));
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(objects.resolve("2.png"), elsewhere); // versitygw answers that there is none
        put("3.png", NoiseImages.png(3));
        try (CopiedPrefix copies = copy("homes/line 3")) {
            assertThat(copies.folder().resolve("1.png")).hasBinaryContent(NoiseImages.png(1));
            assertThat(copies.folder().resolve("3.png")).hasBinaryContent(NoiseImages.png(3));
            assertThat(copies.skipped()).hasSize(1);
            assertThat(copies.skipped().getFirst().path()).isEqualTo("2.png");
            assertThat(copies.skipped().getFirst().reason()).contains("does not hand it out: NoSuchKey");
        }
    }

    @Test
    void shouldNameWhatIsWrongWithAnAddress() {
        assertFails("s3://nowhere-at-all/x", ErrorCode.ARGUMENT_INVALID, "there is no bucket \"nowhere-at-all\"");
        assertFails(address("empty"), ErrorCode.DATASET_INVALID, "no objects below " + address("empty/"));
        assertFails("s3://", ErrorCode.ARGUMENT_INVALID, "Write s3://bucket/prefix");
        assertFails(address("x?endpoint=http://other"), ErrorCode.ARGUMENT_INVALID, "that of blobs.url");
    }

    private void assertFails(String address, ErrorCode code, String message) {
        assertThatThrownBy(() -> home.copyPrefix(address, MAX_BYTES, IngestProgress.SILENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private CopiedPrefix copy(String prefix) {
        return home.copyPrefix(address(prefix), MAX_BYTES, IngestProgress.SILENT);
    }

    private String address(String prefix) {
        return "s3://%s/%s".formatted(bucket, prefix);
    }

    private void put(String name, byte[] bytes) throws IOException {
        Path file = objects.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, bytes);
    }

    private static AddReport add(Datasets datasets, CopiedPrefix copies) {
        DatasetSource source = DatasetSource.of(copies.folder(), ReadOptions.DEFAULT);
        DatasetIntake intake = source.intake().copiedFrom(copies::origin);
        try (Stream<?> _ = intake.images()) {
            return datasets.add("shirts", intake, AddOptions.DEFAULT, IngestProgress.SILENT);
        }
    }

    private Datasets datasets() {
        return new Datasets(
                new Datasets.DatasetStores(home.catalog(), home.items(), home.versions(), home.images()),
                image -> List.of(),
                ImageLimits.DEFAULT,
                Clock.systemUTC());
    }
}
