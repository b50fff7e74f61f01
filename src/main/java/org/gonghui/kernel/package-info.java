/** The words every module speaks: ids, paths, actors, rights and refusals. Imports the JDK and annotations only. */
@NullMarked
package org.gonghui.kernel;

import org.jspecify.annotations.NullMarked;
