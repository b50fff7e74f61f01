/** Employers: a file for each, headcounts by date, sex and form of employment, contacts, the service package. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "limit",
            "audit",
            "layout",
            "sheet",
            "measure",
            "org",
            "member"
        })
@NullMarked
package org.gonghui.employer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
