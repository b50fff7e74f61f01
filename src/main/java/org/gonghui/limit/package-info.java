/** How often something may be tried: counted over all nodes, per account, phone, address or device. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal"})
@NullMarked
package org.gonghui.limit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
