package dev.fovea.datasets.annotation;

import java.util.List;

/** What one annotator says about one image. Classes are stated by name. */
public sealed interface AnnotationValue permits ClassLabels, ObjectLabels {

    /** The classes that it names, each once, in order. */
    List<String> classes();
}
