package dev.fovea.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DrawnBlocks;
import dev.fovea.registry.VersionId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AcceptedTrafficTest {

    private static final VersionId SHIRTS = new VersionId("shirts", 1);
    private static final List<Block> BLOCKS = new DrawnBlocks(1).days(2, at -> 1);

    @Test
    void shouldBeOfTwoCalendarDaysWhereItWasSeen() {
        assertThatCode(() -> Drift.requireQuiet(SHIRTS, 2, BLOCKS, ZoneOffset.UTC))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Drift.requireQuiet(SHIRTS, 1, ofOneDay(), ZoneOffset.UTC))
                .hasMessageContaining("shirts:1 in the last 1 days is of one calendar day");
        assertThatCode(() -> Drift.requireQuiet(SHIRTS, 1, ofOneDay(), ZoneOffset.ofHours(-12)))
                .as("noon is midnight there")
                .doesNotThrowAnyException();
    }

    /** As many blocks as are needed, as if they had come more quickly. */
    private static List<Block> ofOneDay() {
        List<Block> day = BLOCKS.stream()
                .filter(block -> block.end().isBefore(DrawnBlocks.START.plusSeconds(86_400)))
                .toList();
        return Stream.of(day, day).flatMap(List::stream).toList();
    }

    @Test
    void shouldHaveEnoughBlocks() {
        assertThatThrownBy(() -> Drift.requireQuiet(SHIRTS, 2, BLOCKS.subList(0, 20), ZoneOffset.UTC))
                .hasMessageContaining("60 blocks are needed");
    }
}
