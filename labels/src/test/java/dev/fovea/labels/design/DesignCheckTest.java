package dev.fovea.labels.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.labels.design.ClassSeparation.ConfusablePair;
import dev.fovea.labels.design.DesignFinding.DesignFault;
import dev.fovea.statistics.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DesignCheckTest {

    private static final String FIRST = "ab".repeat(32);
    private static final String SECOND = "cd".repeat(32);
    private static final LabelQuestion STATED =
            new LabelQuestion("Which fault does the fabric show?", Optional.of(false), Optional.of(true));

    private static Dataset dataset(LabelQuestion question, ClassDefinition... classes) {
        return new Dataset(1, "shirts", ImageTask.CLASSIFICATION, question, List.of(classes), Instant.EPOCH);
    }

    private static ClassDefinition shown(String name, String definition, String... examples) {
        return new ClassDefinition(name, definition, List.of(examples), List.of());
    }

    private static DatasetItem item(String hash, long bits, Optional<String> label) {
        return new DatasetItem(
                1,
                new StoredImage(
                        ContentHash.parse(hash),
                        new ImageSize(8, 8),
                        ImageFormat.PNG,
                        Optional.of(new PerceptualHash(bits)),
                        1,
                        new ImagePlace.Packed("pack", 0),
                        ImageTreatment.NONE),
                Split.UNASSIGNED,
                Optional.empty(),
                "a.png",
                Instant.EPOCH,
                new TreeMap<>(),
                label.map(name -> new ItemAnnotation(
                        1,
                        new NewAnnotation(
                                "ada", ClassLabels.of(name), Optional.empty(), Optional.empty(), Optional.empty()),
                        Instant.EPOCH,
                        true)));
    }

    private static List<DesignFault> faults(Dataset dataset, DatasetItem... items) {
        Map<String, DatasetItem> examples = new TreeMap<>();
        for (DatasetItem item : items) {
            examples.put(item.image().hash().toString(), item);
        }
        return DesignCheck.of(dataset, examples, Optional.empty()).stream()
                .map(DesignFinding::kind)
                .toList();
    }

    @Test
    void shouldNameWhatWillMakePeopleDisagreeBeforeAdvice() {
        List<DesignFinding> findings = DesignCheck.of(
                dataset(
                        LabelQuestion.EMPTY,
                        shown("hole", "A hole of 1 mm or more", FIRST),
                        shown("small hole", "A slight hole", FIRST),
                        ClassDefinition.named("tear")),
                Map.of(FIRST, item(FIRST, 0, Optional.of("hole"))),
                Optional.empty());
        assertThat(findings)
                .extracting(DesignFinding::kind)
                .containsExactly(
                        DesignFault.NO_NONE_CLASS,
                        DesignFault.NO_DEFINITION,
                        DesignFault.SUBJECTIVE,
                        DesignFault.OVERLAPPING_NAMES,
                        DesignFault.SHARED_EXAMPLE,
                        DesignFault.RELABELLED_EXAMPLE,
                        DesignFault.NO_QUESTION,
                        DesignFault.UNSTATED,
                        DesignFault.FEW_EXAMPLES);
        assertThat(DesignReport.of(findings).verdict())
                .isEqualTo("Not ready: 6 things will cost you labels. 3 pieces of advice below.");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.why()).isNotBlank();
            assertThat(finding.remedy()).isNotBlank();
        });
    }

    @Test
    void shouldFindNothingInADesignThatIsWhole() {
        Dataset whole = dataset(
                STATED, shown("hole", "A hole of 1 mm or more", FIRST, SECOND), shown("none", "Woven without a gap"));
        DatasetItem hole = item(FIRST, 0, Optional.of("hole"));
        assertThat(faults(whole, hole, item(SECOND, -1, Optional.empty()))).isEmpty();
        assertThat(DesignReport.of(List.of()).ready()).isTrue();
        assertThat(faults(whole, hole)).containsExactly(DesignFault.MISSING_EXAMPLE);
    }

    @Test
    void shouldCompareTheSwitchesWithTaskAndClasses() {
        ClassDefinition hole = shown("hole", "A hole of 1 mm or more", FIRST, SECOND);
        ClassDefinition tear = shown("tear", "Torn threads at an edge", "12".repeat(32), "34".repeat(32));
        ClassDefinition none = shown("none", "Woven without a gap");
        LabelQuestion several = new LabelQuestion("Which?", Optional.of(true), Optional.of(true));
        LabelQuestion always = new LabelQuestion("Which?", Optional.of(false), Optional.of(false));
        assertThat(faults(dataset(several, hole, tear)))
                .contains(DesignFault.SEVERAL_IN_SINGLE_LABEL, DesignFault.NO_NONE_CLASS);
        assertThat(faults(dataset(always, hole, tear))).doesNotContain(DesignFault.NO_NONE_CLASS);
        assertThat(faults(dataset(always, hole, none))).contains(DesignFault.IDLE_NONE_CLASS);
        assertThat(faults(dataset(always, hole))).contains(DesignFault.TOO_FEW_CLASSES);
        Dataset multi = new Dataset(1, "shirts", ImageTask.MULTI_LABEL, always, List.of(hole, tear), Instant.EPOCH);
        assertThat(faults(multi)).contains(DesignFault.ONE_IN_MULTI_LABEL).doesNotContain(DesignFault.NO_NONE_CLASS);
    }

    @Test
    void shouldFindExamplesOfTwoClassesThatAreNearlyTheSame() {
        Dataset dataset = dataset(
                STATED, shown("hole", "A hole of 1 mm or more", FIRST), shown("tear", "Torn threads at edges", SECOND));
        assertThat(faults(dataset, item(FIRST, 0b111, Optional.empty()), item(SECOND, 0, Optional.empty())))
                .contains(DesignFault.SIMILAR_EXAMPLES);
        assertThat(faults(dataset, item(FIRST, 0xFFFF, Optional.empty()), item(SECOND, 0, Optional.empty())))
                .doesNotContain(DesignFault.SIMILAR_EXAMPLES);
    }

    @Test
    void shouldFindDefinitionsThatSayTheSame() {
        assertThat(faults(dataset(
                        STATED,
                        ClassDefinition.defined("hole", "A gap between threads of 1 mm"),
                        ClassDefinition.defined("tear", "Gap of 1 mm between the threads"))))
                .contains(DesignFault.OVERLAPPING_DEFINITIONS);
        assertThat(faults(dataset(
                        STATED,
                        ClassDefinition.defined("hole", "A gap between threads of 1 mm"),
                        ClassDefinition.defined("tear", "Broken threads along an edge"))))
                .doesNotContain(DesignFault.OVERLAPPING_DEFINITIONS);
    }

    @Test
    void shouldTakeTheBuiltInDescriptorForAdviceOnly() {
        ConfusablePair pair = new ConfusablePair("hole", "tear", 80, new Interval(0.4, 0.2, 0.6));
        for (boolean general : List.of(true, false)) {
            assertThat(DesignCheck.of(
                            dataset(STATED),
                            Map.of(),
                            Optional.of(new ClassSeparation("resnet", general, 80, List.of(pair), List.of("none")))))
                    .filteredOn(finding -> finding.kind() == DesignFault.NOT_SEPARABLE)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.costly()).isEqualTo(!general);
                        assertThat(finding.problem()).contains("40 % (20 to 60 %)", "cannot tell apart");
                    });
        }
    }
}
