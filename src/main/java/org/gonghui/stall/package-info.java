/** The stall: joining where there is no network, sent later, once. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "limit",
            "layout",
            "org",
            "member",
            "access",
            "phone",
            "joining"
        })
@NullMarked
package org.gonghui.stall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
