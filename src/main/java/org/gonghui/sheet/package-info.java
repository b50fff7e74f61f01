/** Files that spreadsheets open. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.gonghui.sheet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
