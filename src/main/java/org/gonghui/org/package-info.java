/** The tree of the city's unions: kinds, names, places and officers, each dated from its start. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal", "audit", "layout", "sheet", "measure"})
@NullMarked
package org.gonghui.org;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
