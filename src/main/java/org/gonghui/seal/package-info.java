/** Encryption of what only a purpose may open, and the keyed index that finds it by exact match. */
@ApplicationModule(allowedDependencies = {"kernel", "database"})
@NullMarked
package org.gonghui.seal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
