package dev.fovea.labels.wrong;

/** A part of an image's label that a person found right when it was suspected. The rest of the label stays open. */
public sealed interface ConfirmedPart {

    /** Overlap from which an object is in the same place. */
    double SAME_PLACE = 0.5;

    /** Overlap from which a box is the same one; files keep fewer digits than annotations. */
    double SAME_BOX = 1 - 1e-6;

    /** The class that it is about. */
    String label();

    /**
     * The image is rightly labelled with a class, or rightly not.
     *
     * @param given whether it is labelled with it
     */
    record ClassDecision(String label, boolean given) implements ConfirmedPart {}

    /** A labelled box, or the box around an outline, has the right class and place. */
    record RightBox(NamedBox box) implements ConfirmedPart {
        @Override
        public String label() {
            return box.label();
        }
    }

    /** There is no object of the class in that place. */
    record NoObject(NamedBox box) implements ConfirmedPart {
        @Override
        public String label() {
            return box.label();
        }
    }

    /** Whether it answers a suspicion about a box. A box that changed since is another one. */
    default boolean answers(SuspectBox suspect) {
        return switch (this) {
            case ClassDecision _ -> false;
            case RightBox(NamedBox box) ->
                suspect.given().filter(given -> isAt(box, given, SAME_BOX)).isPresent();
            case NoObject(NamedBox box) ->
                suspect.given().isEmpty()
                        && suspect.likely()
                                .filter(likely -> isAt(box, likely, SAME_PLACE))
                                .isPresent();
        };
    }

    private static boolean isAt(NamedBox box, NamedBox other, double overlap) {
        return box.label().equals(other.label()) && box.overlap(other) >= overlap;
    }
}
