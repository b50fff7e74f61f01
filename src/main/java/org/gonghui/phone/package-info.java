/** Signing in with nothing but a phone: a code goes out by message and comes back, within limits. */
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
            "message"
        })
@NullMarked
package org.gonghui.phone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
