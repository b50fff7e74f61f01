/** Suspected duplicates: two records that may be one person's are proposed, merged or said to be two people's. */
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "seal", "limit", "audit", "layout", "measure", "org", "member"})
@NullMarked
package org.gonghui.duplicate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
