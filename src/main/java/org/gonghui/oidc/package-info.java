/** Staff sign in with an account that they have elsewhere (OpenID Connect), once they have tied it to the one here. */
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
package org.gonghui.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
