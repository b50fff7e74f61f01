/** Reading the audit trail: who did what, where and when, for auditors, on a page and as a file. */
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "seal", "audit", "layout", "measure", "org", "access", "sheet"})
@NullMarked
package org.gonghui.trail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
