/** A program's request that creates something is carried out once, however often its client must send it. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal", "layout", "access"})
@NullMarked
package org.gonghui.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
