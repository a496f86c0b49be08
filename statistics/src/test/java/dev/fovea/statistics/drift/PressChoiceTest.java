package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PressChoiceTest {

    @Test
    void aClearGainOfOneResponseChoosesForItAlone() {
        PressChoice choice = new PressChoice(new int[] {1, 7}, 600);
        choice.add(new double[] {100, 80});
        choice.add(new double[] {100, 115});
        choice.add(new double[] {100, 115});
        assertThat(choice.of(0)).isEqualTo(1);
        assertThat(choice.of(1)).isZero();
    }

    @Test
    void smallGainsOfManyResponsesChooseForAll() {
        PressChoice choice = new PressChoice(new int[] {1, 7}, 600);
        for (int response = 0; response < 10; response++) {
            // 2 %, where chance alone explains 3 · 6/600 = 3 %
            choice.add(new double[] {50, 49});
        }
        assertThat(choice.of(4)).isEqualTo(1);
    }

    @Test
    void aResponseWithoutVarianceTakesTheChoiceOfTheOthers() {
        PressChoice choice = new PressChoice(new int[] {1, 7}, 600);
        choice.add(new double[] {0, 0});
        choice.add(new double[] {10, 12});
        assertThat(choice.of(0)).isZero();
    }
}
