package dev.fovea.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;

/** Fingers on the screen of a page, as Chromium's own tools move them. */
final class Fingers {

    private static final int STEPS = 8;

    private final CDPSession session;

    Fingers(Page page) {
        session = page.context().newCDPSession(page);
    }

    /**
     * A place on the screen.
     *
     * @param x pixels from the left
     * @param y pixels from the top
     */
    record Spot(double x, double y) {
        Spot by(double dx, double dy) {
            return new Spot(x + dx, y + dy);
        }
    }

    /** One finger goes down and up again. */
    void tap(Spot at) {
        send("touchStart", List.of(at));
        send("touchEnd", List.of());
    }

    /** One finger goes down, along and up. */
    void drag(Spot from, Spot to) {
        drag(List.of(from), List.of(to));
    }

    /** Several fingers go down, each to its end, and up. */
    void drag(List<Spot> from, List<Spot> to) {
        // fingers come down one after the other
        for (int down = 1; down <= from.size(); down++) {
            send("touchStart", from.subList(0, down));
        }
        for (int step = 1; step <= STEPS; step++) {
            double share = (double) step / STEPS;
            JsonArray points = new JsonArray();
            for (int i = 0; i < from.size(); i++) {
                Spot start = from.get(i);
                Spot end = to.get(i);
                points.add(point(start.by((end.x() - start.x()) * share, (end.y() - start.y()) * share), i));
            }
            send("touchMove", points);
        }
        send("touchEnd", List.of());
    }

    private void send(String type, List<Spot> spots) {
        JsonArray points = new JsonArray();
        for (int i = 0; i < spots.size(); i++) {
            points.add(point(spots.get(i), i));
        }
        send(type, points);
    }

    private void send(String type, JsonArray points) {
        JsonObject touch = new JsonObject();
        touch.addProperty("type", type);
        touch.add("touchPoints", points);
        session.send("Input.dispatchTouchEvent", touch);
    }

    private static JsonObject point(Spot at, int id) {
        JsonObject point = new JsonObject();
        point.addProperty("x", at.x());
        point.addProperty("y", at.y());
        point.addProperty("id", id);
        return point;
    }
}
