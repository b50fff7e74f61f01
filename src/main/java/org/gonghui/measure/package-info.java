/** What is counted and how: measures with their definition cards, and the month counters that every feature keeps alike. */
@ApplicationModule(allowedDependencies = {"kernel", "database", "seal", "audit", "layout"})
@NullMarked
package org.gonghui.measure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
