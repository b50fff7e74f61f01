package org.gonghui.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a handler. Every handler of a page or of the API carries it; one without it fails the build. It opens
 * the door only: which rows are reached is decided in the query, by the actor's {@link Reach}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface May {
    Right value();

    /** True where whoever calls must have shown a short time ago who they are: by signing in, or once more. */
    boolean confirmed() default false;
}
