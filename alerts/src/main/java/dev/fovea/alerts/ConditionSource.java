package dev.fovea.alerts;

import java.util.List;

/** What is asked again and again which conditions hold. */
public interface ConditionSource {

    /** What the keys of its conditions begin with, and those of no other source. */
    String prefix();

    /** The conditions that hold now; the alerts of all others of this source end. Quick, and waits for nothing. */
    List<Condition> holding();
}
