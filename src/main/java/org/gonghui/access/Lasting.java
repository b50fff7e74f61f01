package org.gonghui.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a session ends by itself.
 *
 * @param most after so long, whatever happens
 * @param unused earlier, when nobody has used it for so long; null for never
 */
public record Lasting(Duration most, @Nullable Duration unused) {}
