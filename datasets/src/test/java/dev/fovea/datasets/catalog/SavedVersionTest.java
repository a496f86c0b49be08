package dev.fovea.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.tree.ContentHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SavedVersionTest {

    private static final ContentHash ROOT = ContentHash.parse("00".repeat(32));

    private static String id(LabelQuestion question, ClassDefinition definition) {
        return SavedVersion.idOf(ImageTask.CLASSIFICATION, question, List.of(definition), ROOT);
    }

    /** The SHA-256 of the document without a design, by Python's hashlib. */
    @Test
    void shouldIdentifyContentWithoutADesignAsBeforeThereWereDesigns() {
        assertThat(id(LabelQuestion.EMPTY, ClassDefinition.defined("hole", "A hole")))
                .isEqualTo("3e437ce3a51971aead589e1fbe1c8155d66ff9a258af7e0fa5437f24bb956725");
    }

    @Test
    void shouldIdentifyEveryPartOfADesign() {
        ClassDefinition plain = ClassDefinition.defined("hole", "A hole");
        String image = "ab".repeat(32);
        assertThat(List.of(
                        id(LabelQuestion.EMPTY, plain),
                        id(new LabelQuestion("Which?", Optional.empty(), Optional.empty()), plain),
                        id(new LabelQuestion("", Optional.of(false), Optional.empty()), plain),
                        id(new LabelQuestion("", Optional.empty(), Optional.of(false)), plain),
                        id(LabelQuestion.EMPTY, plain.showing(image)),
                        id(LabelQuestion.EMPTY, plain.excluding(image))))
                .doesNotHaveDuplicates();
        assertThat(id(LabelQuestion.EMPTY, plain.showing(image).without(image)))
                .isEqualTo(id(LabelQuestion.EMPTY, plain));
    }
}
