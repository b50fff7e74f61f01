/** People's errands from end to end: the packaged platform as a process of its own, a real Chromium, real kills. */
@NullMarked
package org.gonghui.stories;

import org.jspecify.annotations.NullMarked;
