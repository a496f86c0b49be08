package dev.fovea.pipeline.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes of a student among those of a teacher. */
class TeacherClassesTest {

    private static final List<String> STUDENT = List.of("hole", "ok", "stain");

    @Test
    void shouldMatchByNameInAnotherOrder() {
        TeacherClasses classes = TeacherClasses.of("large:1", List.of("stain", "hole", "ok"), STUDENT);
        assertThat(classes.distribution(new double[] {0.1, 0.7, 0.2}, 0)).contains(Map.of(0, 0.7, 1, 0.2, 2, 0.1));
    }

    @Test
    void shouldLeaveOtherClassesOfTheTeacherOut() {
        TeacherClasses classes = TeacherClasses.of("large:1", List.of("cat", "hole", "ok", "stain"), STUDENT);
        assertThat(classes.others()).isEqualTo(1);
        Map<Integer, Double> halved =
                classes.distribution(new double[] {0.5, 0.3, 0.1, 0.1}, 0).orElseThrow();
        assertThat(halved.get(0)).isCloseTo(0.6, within(1e-12));
        assertThat(halved.get(2)).isCloseTo(0.2, within(1e-12));
        assertThat(classes.distribution(new double[] {0.9999, 0.0001, 0, 0}, 0)).isEmpty();
    }

    @Test
    void shouldTeachNothingAboutClassesThatTheTeacherDoesNotHave() {
        TeacherClasses classes = TeacherClasses.of("large:1", List.of("ok", "hole"), STUDENT);
        assertThat(classes.unknown()).containsExactly("stain");
        assertThat(classes.distribution(new double[] {0.4, 0.6}, 2)).isEmpty();
        assertThat(classes.distribution(new double[] {0.4, 0.6}, 1)).contains(Map.of(0, 0.6, 1, 0.4));
    }

    @Test
    void shouldNameTheClassesOfATeacherOfOtherThings() {
        assertThatThrownBy(() -> TeacherClasses.of("pets:2", List.of("cat", "dog"), STUDENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LABELS_MISMATCH))
                .hasMessageContaining("The teacher pets:2 has the classes cat, dog; the images have hole, ok, stain.")
                .hasMessageContaining("No class is in both");
        assertThatThrownBy(() -> TeacherClasses.of("pets:2", List.of("ok", "dog"), STUDENT))
                .hasMessageContaining("One class alone is in both");
    }

    @Test
    void shouldAverageTeachers() {
        assertThat(TeacherClasses.mean(List.of(Map.of(0, 1.0), Map.of(0, 0.5, 2, 0.5))))
                .isEqualTo(Map.of(0, 0.75, 2, 0.25));
    }
}
