/** An officer's open work goes to a successor as one list. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "limit",
            "audit",
            "layout",
            "measure",
            "org",
            "member",
            "access"
        })
@NullMarked
package org.gonghui.handover;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
