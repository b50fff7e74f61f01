/** Transfers: a member goes from one base union of the city to another, and each union sees its own side of it. */
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
            "access",
            "phone"
        })
@NullMarked
package org.gonghui.transfer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
