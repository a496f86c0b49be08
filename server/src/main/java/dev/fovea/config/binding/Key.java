package dev.fovea.config.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a settings record a configuration key. {@code maxQueueDelay} of the group {@code batching} is
 * {@code batching.max-queue-delay} and {@code FOVEA_BATCHING_MAX_QUEUE_DELAY}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** The default, as a user writes it; empty for none, or where it is {@link #computed()}. */
    String value() default "";

    /** How the default is computed at start, in words. */
    String computed() default "";

    /** The smallest value, as a user writes it. */
    String min() default "";

    /** The largest value. */
    String max() default "";

    /** The option of {@code fovea serve} that sets it. */
    String option() default "";

    /** What it does: a sentence or two. */
    String text();
}
