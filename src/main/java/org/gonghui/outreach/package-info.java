/** Outreach (双沟通): meetings with enterprises and with workers, from the plan to what they brought. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "audit",
            "layout",
            "sheet",
            "measure",
            "org",
            "member",
            "employer",
            "access",
            "joining"
        })
@NullMarked
package org.gonghui.outreach;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
