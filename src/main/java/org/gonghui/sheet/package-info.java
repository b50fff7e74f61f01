/** Files that spreadsheets open: written, and read from people who filled them in. */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.gonghui.sheet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
