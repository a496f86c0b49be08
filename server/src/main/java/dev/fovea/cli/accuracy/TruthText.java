package dev.fovea.cli.accuracy;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of true labels, in words. */
final class TruthText {

    private TruthText() {}

    static List<String> receipt(TruthReceipt receipt) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%,d received: %,d new, %,d said before, %,d replaced. %,d joined to their predictions.",
                receipt.received(), receipt.added(), receipt.repeated(), receipt.replaced(), receipt.joined()));
        if (receipt.waiting() > 0) {
            lines.add(text(
                    "%,d wait: the log has no prediction that is surely theirs, such as %s. They are joined when it appears.",
                    receipt.waiting(), some(receipt.examples().waiting())));
        }
        if (!receipt.examples().ambiguous().isEmpty()) {
            lines.add(text(
                    "Some of these are not joined because their id stands for several predictions that differ, such as %s. Give each request its own id.",
                    some(receipt.examples().ambiguous())));
        }
        if (receipt.conflicting() > 0) {
            lines.add(text(
                    "%,d contradict labels that stand, such as %s. To take the new ones: --replace.",
                    receipt.conflicting(), some(receipt.examples().conflicting())));
        }
        return lines;
    }

    static String counts(TruthCounts counts) {
        return text(
                "%,d requests with true labels: %,d joined, %,d waiting%s. %,d conflicts, %,d repeated.",
                counts.stored(),
                counts.joined(),
                counts.waiting(),
                counts.ambiguous() > 0
                        ? text(" (%,d with an id of several predictions that differ)", counts.ambiguous())
                        : "",
                counts.conflicting(),
                counts.repeated());
    }

    private static String some(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(3, ids.size())));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
