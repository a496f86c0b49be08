package dev.fovea.datasets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.IngestReport.DuplicateFindings;
import dev.fovea.datasets.IngestReport.FileFindings;
import dev.fovea.datasets.IngestReport.Group;
import dev.fovea.datasets.IngestReport.IngestCounts;
import dev.fovea.datasets.IngestReport.Member;
import dev.fovea.datasets.IngestReport.QualityFindings;
import dev.fovea.datasets.IngestReport.Refusal;
import dev.fovea.fault.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestReportTableTest {

    private static final IngestReport REPORT = new IngestReport(
            "/data/shirts",
            true,
            "c0ffee",
            new IngestCounts(
                    1207, 1204, 1200, Map.of("a", Map.of("train", 1000, "test", 100), "b", Map.of("train", 100))),
            new FileFindings(
                    List.of(
                            new Refusal("train/a/1.jpg", ErrorCode.IMAGE_CORRUPT, "cut short"),
                            new Refusal("train/a/2.jpg", ErrorCode.IMAGE_CORRUPT, "cut short"),
                            new Refusal("train/a/3.jpg", ErrorCode.IMAGE_CORRUPT, "cut short")),
                    List.of(),
                    List.of()),
            new DuplicateFindings(
                    List.of(
                            new Group(List.of(
                                    new Member("train/a/4.jpg", "a", "train"),
                                    new Member("train/b/4.jpg", "b", "train"))),
                            new Group(List.of(
                                    new Member("train/a/5.jpg", "a", "train"),
                                    new Member("train/a/6.jpg", "a", "train")))),
                    List.of(),
                    List.of()),
            new QualityFindings(Map.of()),
            List.of("The class b is rare."));

    @Test
    void shouldNameTheVersionOfADataSetAndNoFolder() {
        assertThat(IngestReportTable.write(REPORT.of("shirts@513af8b1fe65"), 2))
                .startsWith("1,207 files in shirts@513af8b1fe65: 1,204 images, 1,200 kept\n\nclass ")
                .doesNotContain("c0ffee", "/data/shirts");
    }

    @Test
    void shouldReadLikeThis() {
        assertThat(IngestReportTable.write(REPORT, 2)).isEqualTo("""
                1,207 files in /data/shirts: 1,204 images, 1,200 kept
                image list c0ffee

                class          test         train
                a               100          1000
                b                 0           100

                corrupt or unreadable        3  dropped
                    train/a/1.jpg  IMAGE_CORRUPT
                    train/a/2.jpg  IMAGE_CORRUPT
                    … and 1 more
                wrong extension              0
                conflicting labels           1  dropped
                    train/a/4.jpg (a)  =  train/b/4.jpg (b)
                exact duplicates             1  kept once
                    train/a/5.jpg  =  train/a/6.jpg
                near duplicates              0
                similar, labels differ       0
                leakage across splits        0
                blurred                      0
                dark                         0
                tiny                         0
                underexposed                 0
                overexposed                  0
                clipped                      0
                low information              0
                odd aspect                   0
                banded                       0
                blocky                       0
                framed                       0
                not images                   0
                warning: The class b is rare.
                """);
    }

    @Test
    void shouldNameEveryFileInJson() {
        assertThat(IngestReportJson.write(REPORT)).contains("train/a/3.jpg", "\"duplicates\"", "IMAGE_CORRUPT");
    }
}
