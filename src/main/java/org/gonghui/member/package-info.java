/** The members of the unions: each person once, each membership dated, and the month counters of both. */
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "seal", "limit", "audit", "layout", "sheet", "measure", "org"})
@NullMarked
package org.gonghui.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
