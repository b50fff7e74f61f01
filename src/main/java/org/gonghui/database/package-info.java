/** The city's PostgreSQL: the embedded server and its care, the pool, COPY, signals between nodes. */
@ApplicationModule(allowedDependencies = "kernel")
@NullMarked
package org.gonghui.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
