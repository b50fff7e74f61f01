/** What people are told: an inbox for everyone, notices to a part of the tree, and by which ways else someone is reached. */
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
            "message",
            "phone",
            "founding",
            "joining",
            "handover"
        })
@NullMarked
package org.gonghui.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
