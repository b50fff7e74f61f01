package org.gonghui.org;

import java.time.LocalDate;
import org.gonghui.kernel.UnionId;

/** A union was founded. */
public record UnionFounded(UnionId union, UnionKind kind, LocalDate foundedOn) {}
