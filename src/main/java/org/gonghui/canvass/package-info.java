/** Employers by the list: a street's or district's table, looked through row by row, entered at once. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "limit",
            "audit",
            "layout",
            "sheet",
            "org",
            "member",
            "employer"
        })
@NullMarked
package org.gonghui.canvass;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
