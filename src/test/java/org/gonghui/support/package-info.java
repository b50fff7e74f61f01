/** What tests share: a running city, a clock that can be moved, a browserless visitor. */
@NullMarked
package org.gonghui.support;

import org.jspecify.annotations.NullMarked;
