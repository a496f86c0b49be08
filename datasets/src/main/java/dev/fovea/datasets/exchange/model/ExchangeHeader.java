package dev.fovea.datasets.exchange.model;

import dev.fovea.datasets.annotation.ImageTask;
import java.util.List;
import java.util.Optional;

/**
 * What is true of all images of an exchange.
 *
 * @param task what the annotations say
 * @param classes in the order that numbers them
 */
public record ExchangeHeader(ImageTask task, List<ExchangeClass> classes) {

    public ExchangeHeader {
        classes = List.copyOf(classes);
    }

    /** A header of classes with names only. */
    public static ExchangeHeader of(ImageTask task, List<String> classes) {
        return new ExchangeHeader(task, classes.stream().map(ExchangeClass::new).toList());
    }

    /** The names of the classes, in order. */
    public List<String> names() {
        return classes.stream().map(ExchangeClass::name).toList();
    }

    /** A class by its name. */
    public Optional<ExchangeClass> named(String name) {
        return classes.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
