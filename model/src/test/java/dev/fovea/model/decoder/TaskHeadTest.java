package dev.fovea.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskHeadTest {

    private static final TaskHead COLOUR = new TaskHead("colour", "colour", List.of("red", "a=b"), 1.5);

    @Test
    void shouldTellTheTaskOfALabelWhateverTheLabelIs() {
        String label = TaskHead.qualified("colour", "a=b");
        assertThat(label).isEqualTo("colour=a=b");
        assertThat(TaskHead.task(label)).isEqualTo("colour");
    }

    @Test
    void shouldListTheLabelsOfAllTasks() {
        TaskHead cut = new TaskHead("cut", "cut", List.of("slim", "wide"), 1);
        assertThat(new Postprocessing.MultiTask(List.of(COLOUR, cut)).labels())
                .containsExactly("colour=red", "colour=a=b", "cut=slim", "cut=wide");
    }

    @Test
    void shouldRefuseWhatAreNoSeveralTasks() {
        assertThatThrownBy(() -> new Postprocessing.MultiTask(List.of(COLOUR))).hasMessage("1 tasks are not several");
        assertThatThrownBy(() -> new Postprocessing.MultiTask(List.of(COLOUR, COLOUR)))
                .hasMessage("two tasks are named colour");
        assertThatThrownBy(() -> new TaskHead("a=b", "o", List.of("x", "y"), 1))
                .hasMessageContaining("no name of a task");
        assertThatThrownBy(() -> new TaskHead("a", "o", List.of("x", "x"), 1))
                .hasMessageContaining("the labels [x, x]");
        assertThatThrownBy(() -> new TaskHead("a", "o", List.of("x", "y"), Double.NaN))
                .hasMessageContaining("not positive");
    }
}
