/** The demonstration city: an invented city on real place names, its sign-ins laid open, its year 2023. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "seal",
            "audit",
            "layout",
            "measure",
            "org",
            "member",
            "employer",
            "founding",
            "access",
            "phone",
            "joining",
            "transfer",
            "grouping",
            "outreach"
        })
@NullMarked
package org.gonghui.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
