package dev.fovea.labels.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.AgreementReport.ConfusedPair;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesignCheckTest {

    private static Dataset dataset(ClassDefinition... classes) {
        return new Dataset(1, "shirts", ImageTask.CLASSIFICATION, List.of(classes), Instant.EPOCH);
    }

    @Test
    void shouldNameWhatWillMakePeopleDisagree() {
        String image = "ab".repeat(32);
        assertThat(DesignCheck.of(dataset(
                        new ClassDefinition("hole", "A hole of 1 mm or more", List.of(image)),
                        new ClassDefinition("small hole", "A slight hole", List.of(image)),
                        ClassDefinition.named("tear"))))
                .extracting(DesignFinding::kind)
                .containsExactly(
                        DesignFault.NO_NONE_CLASS,
                        DesignFault.NO_DEFINITION,
                        DesignFault.SUBJECTIVE,
                        DesignFault.OVERLAPPING_NAMES,
                        DesignFault.SHARED_EXAMPLE);
        assertThat(DesignCheck.of(dataset(
                        new ClassDefinition("hole", "A hole of 1 mm or more", List.of(image)),
                        new ClassDefinition("none", "No hole", List.of()))))
                .isEmpty();
    }

    @Test
    void shouldAdviseByWhatPeopleConfuse() {
        Dataset defined = dataset(
                new ClassDefinition("hole", "x", List.of()),
                new ClassDefinition("tear", "y", List.of()),
                ClassDefinition.named("none"));
        List<String> advice = PilotAdvice.of(
                defined,
                report(
                        40,
                        new ConfusedPair("hole", "tear", 12, List.of()),
                        new ConfusedPair("hole", "none", 3, List.of()),
                        new ConfusedPair("tear", "none", 1, List.of())));
        assertThat(advice).hasSize(2);
        assertThat(advice.get(0)).contains("\"hole\" and \"tear\" on 12 images (30 %)", "merge");
        assertThat(advice.get(1)).contains("Define both");
        assertThat(PilotAdvice.of(defined, report(10)))
                .singleElement()
                .asString()
                .contains("So far there are 10");
    }

    private static AgreementReport report(int images, ConfusedPair... confused) {
        return new AgreementReport(
                "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), images, List.of(confused));
    }
}
