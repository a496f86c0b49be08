package dev.fovea.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepPlanTest {

    @Test
    void shouldProgressEvenly() {
        StepPlan plan = new StepPlan(8);
        assertThat(plan.progress(0)).isZero();
        assertThat(plan.progress(2)).isEqualTo(0.25);
        assertThat(plan.progress(8)).isEqualTo(1);
        assertThat(plan.total()).isEqualTo(8);
        assertThat(plan).hasToString("8");
    }

    @Test
    void shouldSpreadTheRestOfTheScheduleOverTheStepsThatAreLeft() {
        StepPlan plan = new StepPlan(100);
        plan.change(40, 60);
        assertThat(plan.progress(39)).isCloseTo(0.39, within(1e-12));
        assertThat(plan.progress(40)).isCloseTo(0.4, within(1e-12));
        assertThat(plan.progress(50)).isCloseTo(0.7, within(1e-12));
        assertThat(plan.progress(60)).isEqualTo(1);
        assertThat(plan.total()).isEqualTo(60);
    }

    @Test
    void shouldBeReadFromItsOwnText() {
        StepPlan plan = new StepPlan(100);
        plan.change(40, 60);
        plan.change(50, 90);
        StepPlan read = StepPlan.parse(plan.toString());
        assertThat(plan).hasToString("100, 60 from 40, 90 from 50");
        assertThat(read.total()).isEqualTo(90);
        for (int step = 0; step <= 90; step++) {
            assertThat(read.progress(step)).isEqualTo(plan.progress(step));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "ten", "10, 20", "10, 20 from 0", "10, 20 from 5, 30 from 5", "99999999999"})
    void shouldRefuseWhatIsNoPlan(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StepPlan.parse(text));
    }
}
