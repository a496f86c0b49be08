package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Near duplicates that have different labels: whatever a model says, it is wrong for some of them. */
final class DuplicateStudy {

    private static final int EXAMPLES = 5;

    private DuplicateStudy() {}

    static Optional<DiagnosisFinding> of(StudiedSet set) {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (int row = 0; row < set.given().length; row++) {
            groups.computeIfAbsent(set.features().groups()[row], _ -> new ArrayList<>())
                    .add(row);
        }
        int conflicting = 0;
        int lost = 0;
        List<String> examples = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            int[] counts = new int[set.classes()];
            int most = 0;
            for (int row : group) {
                most = Math.max(most, ++counts[set.given()[row]]);
            }
            if (most < group.size()) {
                conflicting++;
                lost += group.size() - most;
                if (examples.size() < EXAMPLES) {
                    examples.add(
                            String.join(" and ", group.stream().map(set::shown).toList()));
                }
            }
        }
        return conflicting == 0
                ? Optional.empty()
                : Optional.of(new DiagnosisFinding(
                        FindingCause.CONFLICTING_DUPLICATES,
                        Standing.HELPS,
                        "%,d groups of near duplicates have different labels: at least %,d labels are wrong, or mean what an image does not show. A model is wrong on %s of the images whatever it says."
                                .formatted(conflicting, lost, FindingText.percent((double) lost / set.given().length)),
                        "Look at these images first and keep one label for each.",
                        Optional.empty(),
                        examples));
    }
}
