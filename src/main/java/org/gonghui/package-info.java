/** The application itself: one process that serves one city. */
@NullMarked
package org.gonghui;

import org.jspecify.annotations.NullMarked;
