package dev.fovea.labels.design;

import java.util.List;

/**
 * What the checks of a design found.
 *
 * @param verdict whether labelling can start, in a sentence
 * @param ready whether no finding will cost labels
 * @param findings what will cost labels first, then advice
 */
public record DesignReport(String verdict, boolean ready, List<DesignFinding> findings) {

    public DesignReport {
        findings = List.copyOf(findings);
    }

    /** The report of findings. */
    public static DesignReport of(List<DesignFinding> findings) {
        long costly = findings.stream().filter(DesignFinding::costly).count();
        long advice = findings.size() - costly;
        String more = advice == 0 ? "" : " " + things(advice, "piece of advice", "pieces of advice") + " below.";
        return new DesignReport(
                (costly == 0
                                ? "Ready: no check found anything that will cost you labels."
                                : "Not ready: %s will cost you labels.".formatted(things(costly, "thing", "things")))
                        + more,
                costly == 0,
                findings);
    }

    private static String things(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
