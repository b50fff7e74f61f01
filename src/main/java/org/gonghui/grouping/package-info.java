/** Unions that belong together across the tree: areas of streets, and associations of a place or a trade. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal", "audit", "layout", "measure", "org", "member"})
@NullMarked
package org.gonghui.grouping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
