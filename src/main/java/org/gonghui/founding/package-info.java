/** Founding of unions: from an employer without one, step by step, to the approval that puts a union into the tree. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "audit",
            "layout",
            "sheet",
            "measure",
            "org",
            "member",
            "employer",
            "access"
        })
@NullMarked
package org.gonghui.founding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
