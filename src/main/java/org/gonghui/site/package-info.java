/** The shell: security wiring, error pages, home, preferences, the component kit. */
@NullMarked
package org.gonghui.site;

import org.jspecify.annotations.NullMarked;
