package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Aspect;
import dev.fovea.statistics.drift.Shifts;
import dev.fovea.statistics.drift.TiedRank;

/** How the errors of a block become one rank among quiet blocks. */
sealed interface DriftTest permits SingleTest, JointTest {

    /** What it is called. */
    String name();

    Aspect aspect();

    Shifts shifts();

    /** Whether it scores along what it learned from the blocks before. */
    boolean isLearned();

    /** The rank of a block with these errors, one for each coordinate; {@link TiedRank#NONE} where it has none. */
    TiedRank rank(double[] errors);

    /** Takes the block for quiet, so that later ones are ranked among it too. */
    void add(double[] errors);

    /**
     * Takes over a new fit.
     *
     * @param now number of the next block
     */
    void fit(QuietModel model, long now);

    /** The same test with the same fits, which has learned nothing of a change. */
    DriftTest fresh();

    /** Forgets what was learned of a change. */
    void reset();
}
