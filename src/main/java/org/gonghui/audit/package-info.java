/** Who did what, when: one row for every change, written in the change's own transaction. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal"})
@NullMarked
package org.gonghui.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
