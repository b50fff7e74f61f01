/** Who signs in, who is appointed to what, and what each request may therefore do. */
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "seal", "limit", "audit", "layout", "measure", "org", "member"})
@NullMarked
package org.gonghui.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
