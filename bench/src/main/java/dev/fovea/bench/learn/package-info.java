/** What trainings are worth, and how long they take, against figures of the usual Python stack. */
@NullMarked
package dev.fovea.bench.learn;

import org.jspecify.annotations.NullMarked;
