/** Messages that leave the platform: the ways out, and the outbox in which they wait until they have gone. */
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "seal", "audit", "layout", "measure", "org", "member", "access"})
@NullMarked
package org.gonghui.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
