/** Shows what the modules count: the overview of any part of the tree, with the definition of every figure. */
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
            "access"
        })
@NullMarked
package org.gonghui.figure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
