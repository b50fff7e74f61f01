/** The benchmarks behind {@code bin/bench}: real servers, real HTTP, each figure beside a reference of the same run. */
@NullMarked
package org.gonghui.bench;

import org.jspecify.annotations.NullMarked;
