/** Why somebody sees something, or does not: for oneself, and for an officer about somebody of their part of the tree. */
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
package org.gonghui.why;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
