package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.training.detection.CellAssignment.AssignedCells;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * SimOTA on one grid of 4 × 4 cells of 8 pixels and two classes, against cases that are worked by hand. Every cell
 * predicts a box of one stride around its upper left corner, objectness 0.5 and class scores of 0.5, unless stated.
 */
class CellAssignmentTest {

    private static final DetectorForm FORM = new DetectorForm(Size.square(32), List.of(8), 2);
    private static final DetectorCells CELLS = DetectorCells.of(FORM, Size.square(32));
    private static final CellAssignment ASSIGNMENT = new CellAssignment(CELLS, 2);

    private final float[] output = new float[16 * 7];

    CellAssignmentTest() {
        for (int cell = 0; cell < 16; cell++) {
            output[cell * 7 + 4] = 0.5f;
            output[cell * 7 + 5] = 0.5f;
            output[cell * 7 + 6] = 0.5f;
        }
    }

    @Test
    void shouldTakeTheOneCellWhoseBoxOverlapsMost() {
        // Its box is (4, 4, 12, 12), the object's overlap with it 64 / 100, and 16 / 148, 4 / 160 … with its
        // neighbours'.
        AssignedCells assigned = ASSIGNMENT.assign(output, 0, List.of(new LabelledBox(1, new Box(4, 4, 14, 14))));
        // The overlaps of the candidates sum to less than 2, so that one cell is taken.
        assertThat(taken(assigned)).containsExactly(5);
        assertThat(assigned.overlap()[5]).isCloseTo(0.64f, within(1e-6f));
    }

    @Test
    void shouldTakeAsManyCellsAsTheOverlapsSumTo() {
        // Three cells predict the object exactly, the others lie within it with a ninth of its area: less than 4 in
        // all.
        for (int cell : new int[] {5, 6, 9}) {
            place(cell, 4, 4, 28, 28);
        }
        AssignedCells assigned = ASSIGNMENT.assign(output, 0, List.of(new LabelledBox(0, new Box(4, 4, 28, 28))));
        assertThat(taken(assigned)).containsExactly(5, 6, 9);
        assertThat(assigned.overlap()[5]).isCloseTo(1f, within(1e-5f));
    }

    @Test
    void shouldPreferTheCellWithTheRightClassAmongEqualBoxes() {
        for (int cell : new int[] {5, 6}) {
            place(cell, 8, 8, 20, 16);
        }
        output[5 * 7 + 5] = 0.9f;
        output[6 * 7 + 6] = 0.9f;
        // Overlaps 1, 1 and less: two are taken, the first of them the cell of the class, and the rest by box.
        AssignedCells ofFirst = ASSIGNMENT.assign(output, 0, List.of(new LabelledBox(0, new Box(8, 8, 20, 16))));
        assertThat(taken(ofFirst)).contains(5);
        List<LabelledBox> both =
                List.of(new LabelledBox(0, new Box(8, 8, 20, 16)), new LabelledBox(1, new Box(8, 8, 20, 16)));
        AssignedCells contested = ASSIGNMENT.assign(output, 0, both);
        assertThat(contested.object()[5]).isZero();
        assertThat(contested.object()[6]).isOne();
    }

    @Test
    void shouldTakeACellNearTheCentreForAnObjectSmallerThanACell() {
        AssignedCells assigned = ASSIGNMENT.assign(output, 0, List.of(new LabelledBox(0, new Box(9, 9, 11, 11))));
        assertThat(taken(assigned)).hasSize(1);
    }

    @Test
    void shouldAssignNothingWithoutObjects() {
        assertThat(taken(ASSIGNMENT.assign(output, 0, List.of()))).isEmpty();
    }

    private void place(int cell, double x1, double y1, double x2, double y2) {
        float[] row = {
            (float) ((x1 + x2) / 2 / 8 - CELLS.column()[cell]),
            (float) ((y1 + y2) / 2 / 8 - CELLS.row()[cell]),
            (float) Math.log((x2 - x1) / 8),
            (float) Math.log((y2 - y1) / 8)
        };
        System.arraycopy(row, 0, output, cell * 7, 4);
    }

    private static int[] taken(AssignedCells assigned) {
        return IntStream.range(0, 16)
                .filter(cell -> assigned.object()[cell] >= 0)
                .toArray();
    }
}
