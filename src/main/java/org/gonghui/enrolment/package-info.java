/** Members by the thousand: a union's list as a file, looked through row by row, entered at once, taken back at once. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "audit",
            "limit",
            "layout",
            "sheet",
            "measure",
            "org",
            "member"
        })
@NullMarked
package org.gonghui.enrolment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
