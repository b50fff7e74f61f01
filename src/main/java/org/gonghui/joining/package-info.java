/** Joining: somebody scans a code, proves a phone, tells in three steps who they are, and a union decides. */
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
            "phone",
            "transfer"
        })
@NullMarked
package org.gonghui.joining;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
