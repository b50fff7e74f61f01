/** The house's rules as tests. */
@NullMarked
package org.gonghui.house;

import org.jspecify.annotations.NullMarked;
