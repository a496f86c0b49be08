package dev.fovea.alerts;

import java.util.Locale;

/** What an alert is about. Routes and silences select by it. */
public enum AlertKind {
    /** A model in production gives no responses, or fails its health check. */
    MODEL_NOT_SERVED,
    /** The home cannot be written: changes and statistics are lost. */
    HOME_NOT_WRITABLE,
    /** Details of predictions were dropped, because they could not be written in time. */
    ROWS_LOST,
    /** The images or predictions of a model have changed. */
    DRIFT,
    /** The images or predictions of a model are not like those that it was judged on. */
    UNLIKE_HELD_OUT,
    /** Labels show that the accuracy of a model is below its objective. */
    ACCURACY,
    /** A rollout ended: promoted, rolled back, stopped by a person or undecided. */
    ROLLOUT,
    /** An objective is being missed. */
    OBJECTIVE,
    /** A message by which a route is tested. */
    TEST;

    /** Whether it is an event and no state: it is told once, and its end is not. */
    boolean isEvent() {
        return this == ROLLOUT || this == TEST;
    }

    /** The word in files, commands and messages: {@code model-not-served}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in Alertmanager: {@code FoveaModelNotServed}. */
    public String alertName() {
        StringBuilder name = new StringBuilder("Fovea");
        for (String part : name().split("_")) {
            name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
