/** The frames of portal and desk, the component kit, the words in two languages. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal", "audit", "sheet"})
@NullMarked
package org.gonghui.layout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
